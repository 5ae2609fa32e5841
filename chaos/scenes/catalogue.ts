/** The scenes `npm run chaos -- --scene NAME` plays. */
import { runDeploy } from './deploy';
import { runFairness } from './fairness';
import { runRestore } from './restore';
import type { Scene } from './scene';

export const SCENES: Readonly<Record<string, Scene>> = {
  deploy: runDeploy,
  restore: runRestore,
  fairness: runFairness,
};
