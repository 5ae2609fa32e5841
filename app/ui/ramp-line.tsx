/** One line on a sender domain that is new, or as good as new: how many e-mails a day go out from it yet. Shown on the overview, a scenario's page and the settings. */
import { Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from './use-format';

export interface RampToday {
  domain: string;
  limit: number;
  sentToday: number;
  /** Null before the e-mail its days count from. */
  freeFrom: string | null;
  /** Known once, and forgotten since. */
  idle: boolean;
}

export function RampLine({ ramp }: { ramp: RampToday | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!ramp) return null;
  const { domain, limit, sentToday, freeFrom, idle } = ramp;
  return (
    <Text as="p" tone="subdued">
      {freeFrom === null
        ? t(idle ? 'common.ramp.idle' : 'common.ramp.untried', { domain, limit })
        : t('common.ramp.today', { domain, limit, sent: sentToday, date: format.day(freeFrom) })}
    </Text>
  );
}
