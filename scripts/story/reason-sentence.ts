/** A decision's reason as the owner reads it in English; for the story's table. */
import type { Facts, Reason } from '../../app/domain/reason';
import words from '../../app/i18n/admin/en/reasons.json' with { type: 'json' };
import { tellMoment } from './calendar';

const SENTENCES: Record<string, string> = words;

const told = (value: Facts[string] | undefined) =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? tellMoment(value) : String(value ?? '');

/** The closest sentence there is for the reason and the facts it rested on. */
export function sentenceOf(reason: Reason, facts: Facts): string {
  const heldBy = reason === 'expired' && typeof facts.heldBy === 'string' ? (facts.heldBy as Reason) : null;
  const closer = heldBy ? 'expired-held' : `${reason}-${String(facts.condition ?? '')}`;
  const sentence = SENTENCES[closer] ?? SENTENCES[reason] ?? reason;
  const values: Facts = heldBy ? { ...facts, heldBy: sentenceOf(heldBy, { ...facts, heldBy: null }) } : facts;
  return sentence.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => told(values[name]));
}
