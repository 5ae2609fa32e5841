/** The overview: what needs doing, what the e-mails did in thirty days, what is on. Shown by the home route. */
import { Banner, BlockStack, Button, Card, InlineGrid, Link, Page, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { HeldCount } from '../domain/release';
import { AttentionCard, type AttentionItem } from './attention-card';
import { BelowTheFold } from './below-the-fold';
import { Figure } from './figure';
import { ImportCard, type ImportCardProps } from './import-card';
import { PhoneMargin } from './phone-margin';
import { RampLine, type RampToday } from './ramp-line';
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
  /** Any scenario is switched on. */
  anythingOn: boolean;
  /** How each scenario stands. */
  scenarios: React.ReactNode;
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
  const { anythingOn, attention, importing, paused, busy } = props;
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
        {(importing || attention.length > 0 || props.ramp || began) && (
          <BelowTheFold on={props.setup ? 'everywhere' : 'nowhere'}>
            <BlockStack gap="400">
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
              {began && <Results {...props} />}
            </BlockStack>
          </BelowTheFold>
        )}
        {props.figures.sent > 0 && (
          <BelowTheFold on={props.setup ? 'everywhere' : 'phone'}>{props.engagement}</BelowTheFold>
        )}
        {!began && !props.setup && <Start />}
        <BelowTheFold on={began || props.setup ? 'everywhere' : 'nowhere'}>{props.scenarios}</BelowTheFold>
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
