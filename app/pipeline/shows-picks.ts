/** Whether an e-mail shows picks for its reader, asked once per e-mail of a batch. Called by claim and preview. */
import type { ScenarioKey } from '../domain/scenario';
import { factsOf } from '../emails/arm';
import { contentOf } from './compiled-emails';
import type { EffectiveScenario } from './effective-scenario';

export function makeShowsPicks(): (scenario: EffectiveScenario, key: ScenarioKey, email: string) => boolean {
  const known = new Map<EffectiveScenario, Map<string, boolean>>();
  return (scenario, key, email) => {
    const emails = known.get(scenario) ?? new Map<string, boolean>();
    known.set(scenario, emails);
    const shows = emails.get(email) ?? factsOf(contentOf(scenario, key, email)).includes('hasRecommended');
    emails.set(email, shows);
    return shows;
  };
}
