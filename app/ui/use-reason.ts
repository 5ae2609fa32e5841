/** A decision's reason as a sentence, with the facts it rested on. Used by the timeline. */
import { useTranslation } from 'react-i18next';
import { type Facts, REASONS, type Reason } from '../domain/reason';
import type { ScenarioKey } from '../domain/scenario';
import { DAY, HOUR, MINUTE } from '../lib/duration';
import { useDurationWords } from './use-duration-words';
import { useFormat } from './use-format';

export interface Decided {
  reason: Reason;
  facts: Facts;
  scenario: ScenarioKey;
  ground: string | null;
  /** When it was decided, where the sentence may count from then. */
  at?: string;
}

/** Those that can fail; `always` cannot. */
const CONDITIONS = [
  'no-order-since-start',
  'opted-in-at-checkout',
  'not-opted-in-at-checkout',
  'code-unused',
  'first-time',
  'not-first-time',
] as const;
/** What of their code, where it was neither used nor over. */
const CODE_FACTS = ['never-given', 'without-end'] as const;
const GROUNDS = ['subscribed', 'earlier-buyer', 'left-address'] as const;

export function useReason(): (decided: Decided) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useDurationWords();
  /** Facts as the sentences want them: dates in words, the rest as they are. */
  const inWords = (facts: Facts): Record<string, string | number> =>
    Object.fromEntries(
      Object.entries(facts).flatMap(([name, value]): [string, string | number][] => {
        if (value === null || typeof value === 'boolean') return [];
        const date = typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value);
        return [[name, date ? format.dayAndTime(value) : value]];
      }),
    );
  const say = ({ reason, facts, scenario, ground, at }: Decided): string => {
    switch (reason) {
      case 'order-placed':
        return typeof facts.orderedAt === 'string' && at
          ? t('reasons.order-placed-before', { length: words(roughly(Date.parse(at) - Date.parse(facts.orderedAt))) })
          : t('reasons.order-placed');
      case 'trigger-met':
        return t(`reasons.trigger-met-${scenario}`);
      case 'condition-not-met': {
        const ofCode = facts.condition === 'code-unused' && CODE_FACTS.find((one) => one === facts.code);
        if (ofCode) return t(`reasons.condition-not-met-code-${ofCode}`);
        const condition = CONDITIONS.find((one) => one === facts.condition);
        return condition ? t(`reasons.condition-not-met-${condition}`) : t('reasons.condition-not-met');
      }
      case 'sent': {
        const known = GROUNDS.find((one) => one === ground);
        return known ? t(`reasons.sent-${known}`) : t('reasons.sent');
      }
      case 'expired': {
        const heldBy = REASONS.find((one) => one === facts.heldBy);
        if (!heldBy) return t('reasons.expired');
        return t('reasons.expired-held', { heldBy: say({ reason: heldBy, facts, scenario, ground }) });
      }
      default:
        return t(`reasons.${reason}`, inWords(facts));
    }
  };
  return say;
}

/** A length of time as people say it: whole days from two on, whole hours from two on, else minutes, one at least. */
function roughly(ms: number): number {
  const unit = ms >= 2 * DAY ? DAY : ms >= 2 * HOUR ? HOUR : MINUTE;
  return Math.max(Math.round(ms / unit) * unit, MINUTE);
}
