/** A card that says in one line what it holds, and opens when asked. Used below the steps of a scenario. */
import { BlockStack, Button, Card, Collapsible, InlineStack, Text } from '@shopify/polaris';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface FoldedCardProps {
  title: string;
  summary?: string;
  /** Something in it is refused: it stays open. */
  hasErrors?: boolean;
  onOpen?(): void;
  children: React.ReactNode;
}

export function FoldedCard({ title, summary, hasErrors = false, onOpen, children }: FoldedCardProps) {
  const { t } = useTranslation();
  const id = useId();
  const [chosen, setChosen] = useState(false);
  const open = chosen || hasErrors;
  const toggle = () => {
    setChosen(!open);
    if (!open) onOpen?.();
  };
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack gap="300" align="space-between" blockAlign="center" wrap={false}>
          <BlockStack gap="050">
            <Text as="h2" variant="headingMd">
              {title}
            </Text>
            {summary && (
              <Text as="p" tone="subdued">
                {summary}
              </Text>
            )}
          </BlockStack>
          <Button
            variant="tertiary"
            disclosure={open ? 'up' : 'down'}
            ariaExpanded={open}
            ariaControls={id}
            accessibilityLabel={t(open ? 'steps.fold' : 'steps.unfold', { title })}
            onClick={toggle}
          />
        </InlineStack>
        <Collapsible id={id} open={open} transition={false}>
          {children}
        </Collapsible>
      </BlockStack>
    </Card>
  );
}
