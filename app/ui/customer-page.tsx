/** One customer: what matters about them for e-mails, and what happened with them and why. Shown by the customer route. */
import { BlockStack, Card, InlineGrid, Page, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { ConsentState } from '../domain/customer';
import { isScenarioKey, type ScenarioKey } from '../domain/scenario';
import type { Language } from '../lib/language';
import { BelowTheFold } from './below-the-fold';
import { ComesNext, type NextItem } from './customer-next';
import { CustomerWhy } from './customer-why';
import { ConsentBadge } from './customers-page';
import { Timeline, type TimelineItem } from './timeline';
import { useFormat } from './use-format';
import type { WhyItem } from './use-why-sentences';

export interface CustomerPageProps {
  name: string | null;
  email: string | null;
  consent: ConsentState;
  consentUpdatedAt: string | null;
  language: Language;
  ordersCount: number;
  refused: string[];
  fewer: boolean;
  suppressed: 'bounced' | 'complained' | null;
  deleted: boolean;
  /** `YYYY-MM-DD`. */
  birthDate: string | null;
  vipSince: string | null;
  /** What of the owner's leaves them out. */
  leftOut: { tag: string } | { segment: string } | null;
  /** The soonest first. */
  next: NextItem[];
  /** One per scenario. */
  why: WhyItem[];
  timeline: TimelineItem[];
  stopping: boolean;
  /** One enrollment, or null for all. */
  onStop(enrollmentId: number | null): void;
}

export function CustomerPage(props: CustomerPageProps) {
  const { t } = useTranslation();
  const { name, next, why, timeline, stopping, onStop } = props;
  return (
    <Page
      title={name ?? t('customers.noName')}
      titleMetadata={<ConsentBadge consent={props.consent} />}
      backAction={{ content: t('customers.customer.back'), url: '/app/customers' }}
    >
      <InlineGrid columns={{ xs: 1, md: ['twoThirds', 'oneThird'] }} gap="400">
        <BlockStack gap="400">
          <ComesNext items={next} stopping={stopping} onStop={onStop} />
          <CustomerWhy items={why} />
          <BelowTheFold on="head">
            <Happened items={timeline} />
          </BelowTheFold>
        </BlockStack>
        <BelowTheFold on="head">
          <About {...props} />
        </BelowTheFold>
      </InlineGrid>
    </Page>
  );
}

function Happened({ items }: { items: TimelineItem[] }) {
  const { t } = useTranslation();
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t('customers.customer.timeline')}
        </Text>
        {items.length > 0 ? <Timeline items={items} /> : <Text as="p">{t('customers.customer.none')}</Text>}
      </BlockStack>
    </Card>
  );
}

function About(props: CustomerPageProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { consent, consentUpdatedAt } = props;
  const since = consentUpdatedAt ? `, ${format.day(consentUpdatedAt)}` : '';
  return (
    <div>
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            {t('customers.customer.about')}
          </Text>
          <Fact label={t('customers.customer.email')}>{props.email ?? t('customers.noEmail')}</Fact>
          <Fact label={t('customers.customer.consent')}>
            {t(`customers.consent.${consent}`)}
            {since}
          </Fact>
          <Fact label={t('customers.customer.language')}>{t(`customers.customer.languages.${props.language}`)}</Fact>
          <Fact label={t('customers.customer.ordersCount')}>{format.number(props.ordersCount)}</Fact>
          {props.birthDate && (
            <Fact label={t('customers.customer.birthDate')}>{format.calendarDay(props.birthDate)}</Fact>
          )}
          {props.vipSince && <Fact label={t('customers.customer.vipSince')}>{format.day(props.vipSince)}</Fact>}
          <Notes {...props} />
        </BlockStack>
      </Card>
    </div>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div style={{ overflowWrap: 'anywhere' }}>
      <Text as="p" tone="subdued" variant="bodySm">
        {label}
      </Text>
      <Text as="p">{children}</Text>
    </div>
  );
}

/** What the person asked for, and what stands in the way. */
function Notes({ refused, fewer, suppressed, deleted, leftOut }: CustomerPageProps) {
  const { t } = useTranslation();
  const kinds = refused.filter((key): key is ScenarioKey => isScenarioKey(key));
  const notes = [
    ...(deleted ? [t('customers.deleted')] : []),
    ...(leftOut && 'tag' in leftOut ? [t('customers.customer.leftOutTag', leftOut)] : []),
    ...(leftOut && 'segment' in leftOut ? [t('customers.customer.leftOutSegment', leftOut)] : []),
    ...(suppressed ? [t(`customers.customer.suppressed.${suppressed}`)] : []),
    ...(kinds.length > 0
      ? [t('customers.customer.refuses', { kinds: kinds.map((key) => t(`scenarios.${key}.name`)).join(', ') })]
      : []),
    ...(fewer ? [t('customers.customer.fewer')] : []),
  ];
  return notes.map((note) => (
    <Text as="p" key={note}>
      {note}
    </Text>
  ));
}
