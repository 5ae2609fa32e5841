/** Why somebody gets the e-mails of a scenario or does not, as sentences. Used by the customer page and beside the preview. */
import { useTranslation } from 'react-i18next';
import type { State } from '../domain/eligibility-state';
import type { Facts, Reason } from '../domain/reason';
import type { ScenarioKey } from '../domain/scenario';
import { type Format, useFormat } from './use-format';
import { useReason } from './use-reason';

interface Because {
  reason: Reason;
  facts: Facts;
}

export interface WhyItem {
  scenario: ScenarioKey;
  why: Because | { state: State; facts: Facts };
  hold: Because | null;
  next: { at: string; planned: boolean; from?: string } | null;
  /** What became of it the last time. */
  last: (Because & { kind: 'sent' | 'withheld' | 'not-enrolled' | 'ended'; at: string }) | null;
}

/** The sentences of one answer, in reading order. */
export function useWhySentences(): (item: WhyItem) => string[] {
  const { t } = useTranslation();
  const format = useFormat();
  const reason = useReason();
  const whenNext = ({ at, planned, from }: NonNullable<WhyItem['next']>) => {
    const when = { at: format.dayAndTime(at) };
    if (!planned) return t('customers.why.possible', when);
    return from
      ? t('customers.why.planned-from', { ...when, from: format.dayAndTime(from) })
      : t('customers.why.planned', when);
  };
  return ({ scenario, why, hold, next, last }) => {
    const because = (one: Because) => reason({ ...one, scenario, ground: null });
    return [
      'state' in why ? t(`customers.why.states.${why.state}`, inWords(why.facts, format)) : because(why),
      ...(hold ? [because(hold)] : []),
      ...(next ? [whenNext(next)] : []),
      ...(last ? [t(`customers.why.last.${last.kind}`, { at: format.day(last.at) })] : []),
      ...(last && last.kind !== 'sent' ? [because(last)] : []),
    ];
  };
}

/** Facts as the sentences want them: `…Day` as a day, `…Ms` as a while ago, money as money. */
function inWords(facts: Facts, format: Format): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]): [string, string | number][] => {
      if (value === null || typeof value === 'boolean') return [];
      if (typeof value === 'number') return [[name, name.endsWith('Ms') ? format.ago(value) : value]];
      if (/^\d{4}-\d\d-\d\d$/.test(value)) return [[name, format.calendarDay(value)]];
      return [[name, name.endsWith('Day') ? format.day(value) : format.money(value)]];
    }),
  );
}
