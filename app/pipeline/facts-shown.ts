/** What an e-mail would show, asked once per e-mail of a batch, so that nothing is read that none of them shows. Called by claim and preview. */
import type { ScenarioKey } from '../domain/scenario';
import { factsOf } from '../emails/arm';
import type { Fact } from '../emails/facts';
import { contentOf } from './compiled-emails';
import type { EffectiveScenario } from './effective-scenario';

export type FactsShown = (scenario: EffectiveScenario, key: ScenarioKey, email: string) => readonly Fact[];

export function makeFactsShown(): FactsShown {
  const known = new Map<EffectiveScenario, Map<string, readonly Fact[]>>();
  return (scenario, key, email) => {
    const emails = known.get(scenario) ?? new Map<string, readonly Fact[]>();
    known.set(scenario, emails);
    const facts = emails.get(email) ?? factsOf(contentOf(scenario, key, email));
    emails.set(email, facts);
    return facts;
  };
}
