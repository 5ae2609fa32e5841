/** One line on a sender domain that is new: how many e-mails a day go out from it yet. Shown on the overview, a scenario's page and the settings. */
import { Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from './use-format';

export interface RampToday {
  domain: string;
  limit: number;
  sentToday: number;
  /** Null before the first e-mail. */
  freeFrom: string | null;
}

export function RampLine({ ramp }: { ramp: RampToday | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!ramp) return null;
  const { domain, limit, sentToday, freeFrom } = ramp;
  return (
    <Text as="p" tone="subdued">
      {freeFrom === null
        ? t('common.ramp.untried', { domain, limit })
        : t('common.ramp.today', { domain, limit, sent: sentToday, date: format.day(freeFrom) })}
    </Text>
  );
}
