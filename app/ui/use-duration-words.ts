/** A length of time as an owner would say it: "2 days", not "48 hours". */
import { useTranslation } from 'react-i18next';
import { DAY, HOUR, MINUTE } from '../lib/duration';

export function useDurationWords(): (ms: number) => string {
  const { t } = useTranslation();
  return (ms) => {
    if (ms % DAY === 0) return t('scenario.duration.d', { count: ms / DAY });
    if (ms % HOUR === 0) return t('scenario.duration.h', { count: ms / HOUR });
    return t('scenario.duration.min', { count: Math.round(ms / MINUTE) });
  };
}
