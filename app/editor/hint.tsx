/** A quiet line about a block. Used by the blocks' settings. */
import { Text } from '@shopify/polaris';

export function Hint({ text }: { text: string }) {
  return (
    <Text as="p" tone="subdued">
      {text}
    </Text>
  );
}
