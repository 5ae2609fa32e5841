/** Every scenario: what it does, whom it concerns, and one switch. Shown by the scenarios route. */
import { BlockStack, Box, Button, Card, InlineStack, Link, Page, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { CheckFinding } from '../domain/check-finding';
import type { HeldCount } from '../domain/release';
import type { ScenarioKey } from '../domain/scenario';
import { BelowTheFold } from './below-the-fold';
import { PhoneMargin } from './phone-margin';
import { type ScenarioTotals, useScenarioResults } from './scenario-results';
import type { ScenarioStatus } from './scenario-status';
import { SentenceToCome } from './sentence-to-come';
import { StatusBadge } from './status-badge';
import { Switch } from './switch';
import { useFindingWords } from './use-finding-words';
import { useFormat } from './use-format';
import { useHeld } from './use-held';

export interface ListedScenario extends ScenarioTotals {
  key: ScenarioKey;
  on: boolean;
  onSince: string | null;
  status: ScenarioStatus;
  /** Null while it is counted, `unknown` where nobody can say now. */
  audience: { reached: number; mayBeEmailed: number } | null | 'unknown';
  /** What waits for the owner to switch it on or to end the pause. */
  held: HeldCount;
  /** Shopify may send its e-mails too, and the owner has not read so. */
  doubleSender: boolean;
  /** What it gives, in words. */
  gives: string;
  /** When changes were made that are not live; null where there are none. */
  draftAt: string | null;
}

export interface ScenariosPageProps {
  scenarios: ListedScenario[];
  /** When whom they concern was counted; null while that is not long ago. */
  countedAt: string | null;
  /** Why the last scenario could not be switched on; null where it could. */
  inTheWay: { key: ScenarioKey; findings: CheckFinding[] } | null;
  onSwitch(key: ScenarioKey, on: boolean): void;
}

export function ScenariosPage({ scenarios, countedAt, inTheWay, onSwitch }: ScenariosPageProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Page title={t('scenarios.title')} subtitle={t('scenarios.subtitle')}>
      <BlockStack gap="400">
        {scenarios.map((scenario, index) => (
          <BelowTheFold key={scenario.key} on={index < 2 ? 'nowhere' : index < 3 ? 'head' : 'everywhere'}>
            <ScenarioCard
              scenario={scenario}
              inTheWay={inTheWay?.key === scenario.key && !scenario.on ? inTheWay.findings : []}
              onSwitch={(on) => onSwitch(scenario.key, on)}
            />
          </BelowTheFold>
        ))}
        {countedAt && (
          <PhoneMargin>
            <Text as="p" tone="subdued" variant="bodySm">
              {t('scenarios.countedAt', { date: format.dayAndTime(countedAt) })}
            </Text>
          </PhoneMargin>
        )}
      </BlockStack>
    </Page>
  );
}

interface ScenarioCardProps {
  scenario: ListedScenario;
  inTheWay: CheckFinding[];
  onSwitch(on: boolean): void;
}

function ScenarioCard({ scenario, inTheWay, onSwitch }: ScenarioCardProps) {
  const { t } = useTranslation();
  const { key, on, status, audience } = scenario;
  const waiting = useHeld().waiting(scenario.held);
  const name = t(`scenarios.${key}.name`);
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack>
          <InlineStack gap="300" align="space-between" blockAlign="center" wrap={false}>
            <InlineStack gap="200" blockAlign="center">
              <Text as="h2" variant="headingMd">
                <Link url={`/app/scenarios/${key}`} removeUnderline monochrome>
                  {name}
                </Link>
              </Text>
              <StatusBadge status={status} />
            </InlineStack>
            <Switch
              label={t(on ? 'scenarios.switchOff' : 'scenarios.switchOn', { name })}
              on={on}
              onToggle={onSwitch}
            />
          </InlineStack>
          <InTheWay name={name} scenario={key} findings={inTheWay} />
        </BlockStack>
        <BlockStack gap="100">
          <Text as="p">{t(`scenarios.${key}.sentence`)}</Text>
          <Text as="p" fontWeight="medium">
            {scenario.gives}
          </Text>
        </BlockStack>
        {scenario.draftAt && <DraftLine scenario={key} at={scenario.draftAt} />}
        {scenario.doubleSender && (
          <Text as="p">
            {t('scenarios.doubleSender')}{' '}
            <Link url={`/app/scenarios/${key}#notice`}>{t('scenarios.doubleSenderLink', { name })}</Link>
          </Text>
        )}
        <Box padding="300" background="bg-surface-secondary" borderRadius="200">
          <BlockStack gap="100">
            {audience === null && <SentenceToCome />}
            {audience !== null && audience !== 'unknown' && (
              <Text as="p" fontWeight="medium">
                <AudienceSentence scenario={key} {...audience} />
              </Text>
            )}
            <Text as="p" tone="subdued" variant="bodySm">
              {t(`scenarios.${key}.note`)}
            </Text>
          </BlockStack>
        </Box>
        {waiting && <Text as="p">{waiting}</Text>}
        <div className="listed-results">
          <Results {...scenario} />
          <Button url={`/app/scenarios/${key}`} accessibilityLabel={t('scenarios.openOf', { name })}>
            {t('scenarios.open')}
          </Button>
        </div>
      </BlockStack>
    </Card>
  );
}

/** Beside the switch that did not go on: what to put right first. */
function InTheWay({ name, scenario, findings }: { name: string; scenario: ScenarioKey; findings: CheckFinding[] }) {
  const { t } = useTranslation();
  const words = useFindingWords();
  return (
    <div role="status">
      {findings.length > 0 && (
        <Text as="p" tone="critical">
          {t('checks.notSwitchedOn', { name })} {findings.slice(0, 2).map((one) => `${words(one).sentence} `)}
          <Link url={`/app/scenarios/${scenario}`}>{t('checks.seeAll', { count: findings.length })}</Link>
        </Text>
      )}
    </div>
  );
}

/** Changes that wait to be made live, with the way to them. */
export function DraftLine({ scenario, at }: { scenario: ScenarioKey; at: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Text as="p" fontWeight="medium">
      {t('steps.draft', { date: format.dayAndTime(at) })}{' '}
      <Link url={`/app/scenarios/${scenario}`}>{t('steps.draftLink')}</Link>
    </Text>
  );
}

/** "In the last 30 days 212 carts were left; 148 of these people may be e-mailed." */
export function AudienceSentence({
  scenario,
  reached,
  mayBeEmailed,
}: {
  scenario: ScenarioKey;
  reached: number;
  mayBeEmailed: number;
}) {
  const { t } = useTranslation();
  const start = t(`scenarios.${scenario}.audience.reached`, { count: reached });
  if (reached === 0) return start;
  return t(`scenarios.${scenario}.audience.may`, { count: mayBeEmailed, reached: start });
}

function Results({ onSince, ...totals }: ListedScenario) {
  const { t } = useTranslation();
  const format = useFormat();
  const results = useScenarioResults();
  const since = onSince ? t('scenarios.onSince', { date: format.day(onSince) }) : '';
  return (
    <Text as="p" tone="subdued">
      {[since, results(totals)].filter(Boolean).join(' · ')}
    </Text>
  );
}
