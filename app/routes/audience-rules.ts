/** The rules of win-back and VIP among these scenarios, as the reports count with them. Used by the scenario routes. */
import { isLapseRule } from '../domain/audience';
import type { ScenarioDefinition } from '../domain/scenario';
import type { AudienceRules } from '../store/reports/audience';

export function audienceRules(definitions: readonly ScenarioDefinition[]): AudienceRules {
  const rules: AudienceRules = {};
  for (const { audience } of definitions) {
    if (!audience) continue;
    if (isLapseRule(audience)) rules.lapse = audience;
    else rules.vip = audience;
  }
  return rules;
}
