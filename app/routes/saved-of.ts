/** A scenario as its page edits it, from what counts or counted. Used by the loaders of the scenario's page. */
import { emailSteps } from '../domain/scenario';
import { contentOf } from '../pipeline/compiled-emails';
import type { EffectiveScenario } from '../pipeline/effective-scenario';
import { CATALOGUE } from '../scenarios/catalogue';
import { PREBUILT_EMAILS } from '../scenarios/emails';
import type { Prebuilt, SavedScenario } from '../ui/scenario-draft';

export function savedOf(scenario: EffectiveScenario): SavedScenario {
  const { definition } = scenario;
  const keys = emailSteps(definition).map(({ email }) => email);
  return {
    steps: definition.steps,
    emails: Object.fromEntries(keys.map((email) => [email, contentOf(scenario, definition.key, email)])),
    ...(definition.offer === undefined ? {} : { offer: definition.offer }),
    ...(definition.audience ? { audienceRule: definition.audience } : {}),
  };
}

/** The scenario as it came with Relance. */
export function prebuiltOf(key: EffectiveScenario['definition']['key']): Prebuilt {
  const { steps, offer = null, audience = null } = CATALOGUE[key];
  const emails = Object.fromEntries(PREBUILT_EMAILS[key].map((email) => [email.key, email]));
  return { steps, emails, offer, audience };
}
