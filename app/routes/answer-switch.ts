/** Switches a scenario as an owner asked, unless something has to be put right first. Called by every route with a switch. */
import type { z } from 'zod';
import { deps } from '../deps.server';
import type { CheckFinding } from '../domain/check-finding';
import type { Resumed } from '../domain/release';
import type { ScenarioKey } from '../domain/scenario';
import type { switchIntent } from './switch-intent';

export type SwitchAnswer =
  | { switched: { key: ScenarioKey; on: boolean; held: Resumed | null } }
  | { inTheWay: { key: ScenarioKey; findings: CheckFinding[] } };

export async function answerSwitch(shopId: number, { key, on }: z.infer<typeof switchIntent>): Promise<SwitchAnswer> {
  const { checks, commands } = deps();
  const findings = on ? await checks.inTheWay(shopId, key) : [];
  if (findings.length > 0) return { inTheWay: { key, findings } };
  return { switched: { key, on, held: await commands.switchScenario(shopId, key, on) } };
}
