/** The scenes `npm run chaos -- --scene NAME` plays. */
import { runFairness } from './fairness';
import type { Scene } from './scene';

export const SCENES: Readonly<Record<string, Scene>> = { fairness: runFairness };
