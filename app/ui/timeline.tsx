/** What happened with a customer, newest first, each with its reason as a sentence. Used by the customer page. */
import { BlockStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { Facts, Reason } from '../domain/reason';
import type { ScenarioKey } from '../domain/scenario';
import { useFirstScreen } from './below-the-fold';
import { useFormat } from './use-format';
import { useReason } from './use-reason';

type Kind = 'enrolled' | 'not-enrolled' | 'waited' | 'planned' | 'sent' | 'put-off' | 'withheld' | 'ended';

export type TimelineItem =
  | {
      type: 'decision';
      at: string;
      kind: Kind;
      reason: Reason;
      facts: Facts;
      scenario: ScenarioKey;
      /** Its subject once sent, else what the page calls it. */
      email: string | null;
      ground: string | null;
    }
  | { type: 'clicked'; at: string; scenario: ScenarioKey; email: string }
  | { type: 'ordered'; at: string; scenario: ScenarioKey; order: string; by: 'click' | 'code'; amount: string };

/** Below what comes next and why, which are never shorter than half a screen. */
const FIRST_SCREEN = 6;

export function Timeline({ items }: { items: TimelineItem[] }) {
  const shown = useFirstScreen(items, FIRST_SCREEN);
  return (
    <ol className="timeline">
      {shown.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity of their own and never change places
        <li key={index} data-tone={tone(item)}>
          <Entry item={item} />
        </li>
      ))}
    </ol>
  );
}

function tone(item: TimelineItem): 'success' | 'caution' | 'stopped' | 'plain' {
  if (item.type !== 'decision' || item.kind === 'sent') return 'success';
  if (item.kind === 'put-off') return 'caution';
  return item.kind === 'withheld' || item.kind === 'not-enrolled' ? 'stopped' : 'plain';
}

function Entry({ item }: { item: TimelineItem }) {
  const format = useFormat();
  const heading = useHeading(item);
  return (
    <BlockStack>
      <Text as="p" tone="subdued" variant="bodySm">
        <time dateTime={item.at}>{format.dayAndTime(item.at)}</time>
      </Text>
      <Text as="p" fontWeight="semibold">
        {heading}
      </Text>
      {item.type === 'decision' && <Why {...item} />}
    </BlockStack>
  );
}

function Why(item: Extract<TimelineItem, { type: 'decision' }>) {
  const sentence = useReason()(item);
  return <Text as="p">{sentence}</Text>;
}

function useHeading(item: TimelineItem): string {
  const { t } = useTranslation();
  const format = useFormat();
  const scenario = t(`scenarios.${item.scenario}.name`);
  if (item.type === 'clicked') return t('customers.events.clicked', { email: item.email });
  if (item.type === 'ordered')
    return t(`customers.events.ordered-${item.by}`, { order: item.order, amount: format.money(item.amount), scenario });
  const email = item.email ?? scenario;
  const until = typeof item.facts.until === 'string' ? format.dayAndTime(item.facts.until) : null;
  switch (item.kind) {
    case 'waited':
      return until ? t('customers.events.waited', { until }) : t('customers.events.waited-open');
    case 'put-off':
      return until ? t('customers.events.put-off-until', { until, email }) : t('customers.events.put-off', { email });
    default:
      return t(`customers.events.${item.kind}`, { scenario, email });
  }
}
