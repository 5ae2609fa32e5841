/** Why a scenario's e-mails were withheld lately, counted by reason. Used by the scenario page. */
import { DataTable } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { Facts, Reason } from '../domain/reason';
import type { ScenarioKey } from '../domain/scenario';
import { FoldedSection } from './folded-section';
import { useFormat } from './use-format';
import { useReason } from './use-reason';

export interface WithheldCardProps {
  scenario: ScenarioKey;
  /** The most frequent first; `facts` are those of the latest. */
  withheld: { reason: Reason; facts: Facts; count: number }[];
}

/** Nothing where nothing was withheld. */
export function WithheldCard({ scenario, withheld }: WithheldCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const reason = useReason();
  if (withheld.length === 0) return null;
  return (
    <FoldedSection
      name="withheld"
      title={t('scenario.withheld.title')}
      summary={t('scenario.withheld.summary', { count: withheld.reduce((sum, { count }) => sum + count, 0) })}
    >
      <DataTable
        columnContentTypes={['text', 'numeric']}
        headings={[t('scenario.withheld.why'), t('scenario.withheld.count')]}
        rows={withheld.map(({ count, ...one }) => [reason({ ...one, scenario, ground: null }), format.number(count)])}
      />
    </FoldedSection>
  );
}
