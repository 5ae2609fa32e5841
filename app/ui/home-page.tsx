/** The overview: what needs doing, what the e-mails did in thirty days, what is on. Shown by the home route. */
import { Banner, BlockStack, Button, Card, InlineGrid, InlineStack, Link, Page, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { HeldCount } from '../domain/release';
import type { ScenarioKey } from '../domain/scenario';
import { AttentionCard, type AttentionItem } from './attention-card';
import { BelowTheFold } from './below-the-fold';
import { Figure } from './figure';
import { ImportCard, type ImportCardProps } from './import-card';
import { PhoneMargin } from './phone-margin';
import { RampLine, type RampToday } from './ramp-line';
import { type ScenarioTotals, useScenarioResults } from './scenario-results';
import type { ScenarioStatus } from './scenario-status';
import { AudienceSentence, DraftLine } from './scenarios-page';
import { StatusBadge } from './status-badge';
import { useFormat } from './use-format';
import { useHeld } from './use-held';

interface Figures {
  sent: number;
  clicked: number;
  orders: number;
  amount: string;
}

export interface HomePageProps {
  figures: Figures;
  before: Figures;
  attributionDays: number;
  scenarios: (ScenarioTotals & {
    key: ScenarioKey;
    status: ScenarioStatus;
    /** By the shop's own history, before it is switched on. */
    audience: { reached: number; mayBeEmailed: number };
    /** When changes were made that are not live; null where there are none. */
    draftAt: string | null;
  })[];
  /** The setup guide and what belongs to it; null once it was put away. */
  setup: React.ReactNode;
  attention: AttentionItem[];
  importing: ImportCardProps | null;
  /** How the shop's new sender domain stands; null where nothing limits it. */
  ramp: RampToday | null;
  /** Since when everything is paused, and what waits for it to end. */
  paused: { since: string; held: HeldCount } | null;
  /** The chart and the last e-mails, read once the page is shown; left out while nothing was sent. */
  engagement: React.ReactNode;
  busy: boolean;
  onPause(paused: boolean): void;
  onFetchAgain(): void;
  onGoOnSlowly(): void;
  grantUrl: string;
}

export function HomePage(props: HomePageProps) {
  const { t } = useTranslation();
  const { scenarios, attention, importing, paused, busy } = props;
  const anythingOn = scenarios.some(({ status }) => status !== 'off');
  const began = anythingOn || props.figures.sent > 0;
  const pause = { content: t('home.pauseAll'), loading: busy, onAction: () => props.onPause(true) };
  const resume = { content: t('home.resumeAll'), loading: busy, onAction: () => props.onPause(false) };
  return (
    <Page
      title={t('home.title')}
      {...(paused ? { primaryAction: resume } : anythingOn ? { secondaryActions: [pause] } : {})}
    >
      <BlockStack gap="400">
        {paused && <Paused {...paused} />}
        {props.setup}
        {importing && <ImportCard {...importing} />}
        {attention.length > 0 && (
          <AttentionCard
            items={attention}
            busy={busy}
            onFetchAgain={props.onFetchAgain}
            onGoOnSlowly={props.onGoOnSlowly}
            grantUrl={props.grantUrl}
          />
        )}
        {props.ramp && (
          <PhoneMargin>
            <RampLine ramp={props.ramp} />
          </PhoneMargin>
        )}
        {began && (
          <BelowTheFold on={props.setup ? 'phone' : 'nowhere'}>
            <Results {...props} />
          </BelowTheFold>
        )}
        {props.figures.sent > 0 && (
          <BelowTheFold on={props.setup ? 'everywhere' : 'phone'}>{props.engagement}</BelowTheFold>
        )}
        {!began && !props.setup && <Start />}
        <BelowTheFold on={began ? 'everywhere' : props.setup ? 'phone' : 'nowhere'}>
          <Scenarios scenarios={scenarios} importing={importing !== null} />
        </BelowTheFold>
      </BlockStack>
    </Page>
  );
}

function Paused({ since, held }: { since: string; held: HeldCount }) {
  const { t } = useTranslation();
  const format = useFormat();
  const waiting = useHeld().waiting(held);
  return (
    <Banner tone="warning" title={t('home.pausedSince', { date: format.dayAndTime(since) })}>
      <p>{t('home.pausedText')}</p>
      {waiting && <p>{waiting}</p>}
    </Banner>
  );
}

/** Before anything is on: what to do first. */
function Start() {
  const { t } = useTranslation();
  return (
    <Card>
      <BlockStack gap="300" inlineAlign="start">
        <Text as="h2" variant="headingMd">
          {t('home.start.heading')}
        </Text>
        <Text as="p">{t('home.start.text')}</Text>
        <Button variant="primary" url="/app/scenarios">
          {t('home.start.action')}
        </Button>
        <Text as="p">
          {t('setup.refusals')} <Link url="/app/settings/refusals">{t('setup.refusalsLink')}</Link>
        </Text>
      </BlockStack>
    </Card>
  );
}

function Results({ figures, before, attributionDays }: HomePageProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const clickRate =
    figures.sent > 0 ? t('home.clickRate', { rate: format.percent(figures.clicked / figures.sent) }) : undefined;
  return (
    <BlockStack gap="200">
      <PhoneMargin>
        <Text as="h2" variant="headingMd">
          {t('home.period')}
        </Text>
      </PhoneMargin>
      <InlineGrid columns={{ xs: 1, sm: 3 }} gap="300">
        <Figure label={t('home.sent')} value={figures.sent} before={before.sent} />
        <Figure label={t('home.clicked')} value={figures.clicked} before={before.clicked} detail={clickRate} />
        <Figure
          label={t('home.ordered')}
          value={figures.orders}
          before={before.orders}
          detail={t('home.orderedAmount', { amount: format.money(figures.amount) })}
        />
      </InlineGrid>
      <PhoneMargin>
        <Text as="p" tone="subdued" variant="bodySm">
          {t('home.howOrdersCount', { count: attributionDays })}
        </Text>
      </PhoneMargin>
    </BlockStack>
  );
}

function Scenarios({ scenarios, importing }: Pick<HomePageProps, 'scenarios'> & { importing: boolean }) {
  const { t } = useTranslation();
  const results = useScenarioResults();
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
        {scenarios.map(({ key, status, audience, draftAt, ...totals }) => (
          <BlockStack key={key} gap="100">
            <InlineStack gap="200" blockAlign="center">
              <Link url={`/app/scenarios/${key}`} removeUnderline>
                <Text as="span" fontWeight="semibold">
                  {t(`scenarios.${key}.name`)}
                </Text>
              </Link>
              <StatusBadge status={status} />
            </InlineStack>
            <Text as="p" tone="subdued">
              {status === 'off' && totals.sent === 0 ? (
                <AudienceSentence scenario={key} {...audience} />
              ) : (
                results(totals) || t('home.nothingSent')
              )}
            </Text>
            {draftAt && <DraftLine scenario={key} at={draftAt} />}
          </BlockStack>
        ))}
      </BlockStack>
    </Card>
  );
}
