/** What is under way for a customer and comes next, each with a way to stop it. Used by the customer page. */
import { BlockStack, Button, Card, InlineStack, Modal, Text } from '@shopify/polaris';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Facts, Reason } from '../domain/reason';
import type { ScenarioKey } from '../domain/scenario';
import { useFormat } from './use-format';
import { useReason } from './use-reason';

export interface NextItem {
  enrollmentId: number;
  scenario: ScenarioKey;
  /** E-mails planned but not gone: waiting for their last look, or put off. */
  planned: { email: string; dueAt: string | null; reason: Reason | null; facts: Facts }[];
  /** What follows after those, as things stand; null when nothing does. */
  after:
    | { kind: 'email'; email: string; at: string; awaitsCode: boolean }
    | { kind: 'end'; at: string; reason: Reason; facts: Facts }
    | null;
}

export interface ComesNextProps {
  items: NextItem[];
  stopping: boolean;
  /** One enrollment, or null for all. */
  onStop(enrollmentId: number | null): void;
}

export function ComesNext({ items, stopping, onStop }: ComesNextProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<NextItem | 'all' | null>(null);
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            {t('customers.next.title')}
          </Text>
          {items.length > 1 && (
            <Button tone="critical" disabled={stopping} onClick={() => setAsked('all')}>
              {t('customers.next.stopAll')}
            </Button>
          )}
        </InlineStack>
        {items.length === 0 && <Text as="p">{t('customers.next.none')}</Text>}
        {items.map((item) => (
          <UnderWay key={item.enrollmentId} item={item} stopping={stopping} onAsk={() => setAsked(item)} />
        ))}
      </BlockStack>
      <Confirmation
        asked={asked}
        onClose={() => setAsked(null)}
        onConfirm={() => {
          onStop(asked === 'all' || asked === null ? null : asked.enrollmentId);
          setAsked(null);
        }}
      />
    </Card>
  );
}

function UnderWay({ item, stopping, onAsk }: { item: NextItem; stopping: boolean; onAsk(): void }) {
  const { t } = useTranslation();
  const name = t(`scenarios.${item.scenario}.name`);
  const lines = useLines(item);
  const heading = useId();
  return (
    <InlineStack align="space-between" blockAlign="start" gap="200" wrap={false}>
      <BlockStack>
        <Text as="h3" variant="headingSm" id={heading}>
          {name}
        </Text>
        {lines.map((line) => (
          <Text as="p" key={line}>
            {line}
          </Text>
        ))}
      </BlockStack>
      <Button disabled={stopping} onClick={onAsk} accessibilityLabel={t('customers.next.stopOne', { scenario: name })}>
        {t('customers.next.stop')}
      </Button>
    </InlineStack>
  );
}

/** The planned e-mails with what holds them, then what follows. */
function useLines({ scenario, planned, after }: NextItem): string[] {
  const { t } = useTranslation();
  const format = useFormat();
  const reason = useReason();
  const held = planned.map(({ email, dueAt, reason: why, facts }) => {
    const until = dueAt ? format.dayAndTime(dueAt) : null;
    if (!why || !until) return t('customers.next.about-to-go', { email });
    return t('customers.next.put-off', { email, until, why: reason({ reason: why, facts, scenario, ground: null }) });
  });
  if (!after) return held.length > 0 ? held : [t('customers.next.untold')];
  const at = format.dayAndTime(after.at);
  if (after.kind === 'end') {
    const why = reason({ reason: after.reason, facts: after.facts, scenario, ground: null });
    return [
      ...held,
      after.reason === 'finished' ? t('customers.next.ends', { at }) : t('customers.next.stops', { why }),
    ];
  }
  const { email } = after;
  return [...held, t(after.awaitsCode ? 'customers.next.code-awaited' : 'customers.next.email', { email, at })];
}

interface ConfirmationProps {
  asked: NextItem | 'all' | null;
  onClose(): void;
  onConfirm(): void;
}

function Confirmation({ asked, onClose, onConfirm }: ConfirmationProps) {
  const { t } = useTranslation();
  const scenario = asked && asked !== 'all' ? t(`scenarios.${asked.scenario}.name`) : '';
  const which = asked === 'all' ? 'all' : 'one';
  return (
    <Modal
      open={asked !== null}
      onClose={onClose}
      title={t(`customers.next.confirm.${which}.title`, { scenario })}
      primaryAction={{ content: t(`customers.next.confirm.${which}.action`), destructive: true, onAction: onConfirm }}
      secondaryActions={[{ content: t('customers.next.confirm.keep'), onAction: onClose }]}
    >
      <Modal.Section>
        <BlockStack gap="300">
          <Text as="p">{t(`customers.next.confirm.${which}.text`, { scenario })}</Text>
          <Text as="p">{t('customers.next.confirm.later')}</Text>
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
}
