/** What waits for the owner to go on, and what expired meanwhile, in words. Used by the overview, the list and the scenario's own page. */
import { useTranslation } from 'react-i18next';
import { type HeldCount, minutesToRelease, type Resumed } from '../domain/release';

export interface HeldWords {
  /** As long as they wait: whole sentences; empty where nothing does. */
  waiting(held: HeldCount): string;
  /** Once they go: for the end of a toast, with what stands before it. */
  resumed(done: string, held: Resumed | null): string;
}

export function useHeld(): HeldWords {
  const { t } = useTranslation();
  return {
    waiting({ relevant, expired }) {
      const minutes = minutesToRelease(relevant);
      return [
        relevant > 0 && t('scenarios.held.waiting', { count: relevant }),
        minutes > 1 && t('scenarios.held.spread', { count: minutes }),
        expired > 0 && t('scenarios.held.expired', { count: expired }),
      ]
        .filter(Boolean)
        .join(' ');
    },
    resumed(done, held) {
      const parts = [
        held && held.relevant > 0 && t('scenarios.held.goesOn', { count: held.relevant }),
        held && held.expired > 0 && t('scenarios.held.gone', { count: held.expired }),
      ].filter(Boolean);
      return parts.length > 0 ? `${done} · ${parts.join(', ')}` : done;
    },
  };
}
