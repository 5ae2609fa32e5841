/** How each scenario stands, in a line. Used by the overview. */
import { BlockStack, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { ScenarioKey } from '../domain/scenario';
import { type ScenarioTotals, useScenarioResults } from './scenario-results';
import type { ScenarioStatus } from './scenario-status';
import { AudienceSentence, DraftLine } from './scenarios-page';
import { SentenceToCome } from './sentence-to-come';
import { StatusBadge } from './status-badge';

export interface HomeScenario extends ScenarioTotals {
  key: ScenarioKey;
  status: ScenarioStatus;
  /** When changes were made that are not live; null where there are none. */
  draftAt: string | null;
}

export interface HomeScenariosCardProps {
  scenarios: HomeScenario[];
  /** By the shop's own history; null until it was read. */
  audiences: Record<ScenarioKey, { reached: number; mayBeEmailed: number }> | null;
  /** Nobody can say now whom they concern. */
  failed: boolean;
  importing: boolean;
}

/** Whom it concerns matters before it is switched on; what it did, from then on. */
export const saysAudience = ({ status, sent }: HomeScenario) => status === 'off' && sent === 0;

export function HomeScenariosCard({ scenarios, importing, ...read }: HomeScenariosCardProps) {
  const { t } = useTranslation();
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingMd">
            {t('home.scenarios')}
          </Text>
          <Link url="/app/scenarios">{t('home.allScenarios')}</Link>
        </InlineStack>
        {importing && (
          <Text as="p" tone="subdued">
            {t('home.stillCounting')}
          </Text>
        )}
        {scenarios.map((scenario) => (
          <BlockStack key={scenario.key} gap="100">
            <InlineStack gap="200" blockAlign="center">
              <Link url={`/app/scenarios/${scenario.key}`} removeUnderline>
                <Text as="span" fontWeight="semibold">
                  {t(`scenarios.${scenario.key}.name`)}
                </Text>
              </Link>
              <StatusBadge status={scenario.status} />
            </InlineStack>
            <Standing scenario={scenario} {...read} />
            {scenario.draftAt && <DraftLine scenario={scenario.key} at={scenario.draftAt} />}
          </BlockStack>
        ))}
      </BlockStack>
    </Card>
  );
}

type Read = Pick<HomeScenariosCardProps, 'audiences' | 'failed'>;

function Standing({ scenario, audiences, failed }: Read & { scenario: HomeScenario }) {
  const { t } = useTranslation();
  const results = useScenarioResults();
  const { key } = scenario;
  if (saysAudience(scenario) && !audiences && !failed) return <SentenceToCome />;
  return (
    <Text as="p" tone="subdued">
      {saysAudience(scenario) && audiences ? (
        <AudienceSentence scenario={key} {...audiences[key]} />
      ) : (
        results(scenario) || t('home.nothingSent')
      )}
    </Text>
  );
}
