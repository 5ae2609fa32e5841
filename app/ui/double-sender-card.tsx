/** Says once that Shopify may send the same e-mails itself, what is known of it, and where it is switched off. Used by the scenario's page. */
import { Badge, BlockStack, Button, ButtonGroup, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { DoubleSender, ShopifySends } from '../domain/double-sender';
import { FoldedSection } from './folded-section';

export interface DoubleSenderCardProps {
  scenario: DoubleSender;
  sends: ShopifySends;
  /** Shopify's page of its automations. */
  automationsUrl: string;
  busy: boolean;
  onRead(): void;
}

export function DoubleSenderCard({ scenario, sends, automationsUrl, busy, onRead }: DoubleSenderCardProps) {
  const { t } = useTranslation();
  const automation = t(`scenario.doubleSender.automations.${scenario}`);
  const sendsToo = sends.state === 'sends';
  return (
    <FoldedSection
      name="notice"
      title={t(sendsToo ? 'scenario.doubleSender.sends' : 'scenario.doubleSender.heading')}
      summary={t(`scenario.doubleSender.short.${sends.state}`)}
      badge={
        <Badge tone={sendsToo ? 'warning' : 'attention'}>
          {t(sendsToo ? 'scenario.doubleSender.toSwitchOff' : 'scenario.doubleSender.toCheck')}
        </Badge>
      }
    >
      <BlockStack gap="300">
        <Text as="p">
          {sends.state === 'unknown'
            ? t('scenario.doubleSender.unknown', { automation })
            : t(`scenario.doubleSender.${sends.state}Text`, { count: sends.count, automation })}
        </Text>
        <Text as="p">
          {t('scenario.doubleSender.where', { automation })}
          {scenario === 'abandoned-checkout' && ` ${t('scenario.doubleSender.older')}`}
        </Text>
        <ButtonGroup>
          <Button url={automationsUrl} target="_top">
            {t('scenario.doubleSender.open')}
          </Button>
          <Button variant="tertiary" loading={busy} onClick={onRead}>
            {t('scenario.doubleSender.read')}
          </Button>
        </ButtonGroup>
      </BlockStack>
    </FoldedSection>
  );
}
