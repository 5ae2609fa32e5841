/** A scenario's status as a badge. */
import { Badge } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { ScenarioStatus } from './scenario-status';

const TONES = {
  on: 'success',
  'sender-missing': 'attention',
  'address-missing': 'attention',
  paused: 'attention',
  stopped: 'attention',
} as const;

export function StatusBadge({ status }: { status: ScenarioStatus }) {
  const { t } = useTranslation();
  const tone = status === 'off' ? {} : { tone: TONES[status] };
  return <Badge {...tone}>{t(`scenarios.status.${status}`)}</Badge>;
}
