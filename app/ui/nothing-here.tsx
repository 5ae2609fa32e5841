/**
 * What a page or a list says when there is nothing in it: what belongs here, and what to do. Its picture is in the document
 * itself: one that is fetched later would be the last and largest thing to appear, and move the words.
 */
import { BlockStack, Box, Button, Text } from '@shopify/polaris';

export interface NothingHereProps {
  heading: string;
  children: React.ReactNode;
  /** What to do first. */
  action?: { content: string } & ({ url: string } | { onAction(): void });
}

export function NothingHere({ heading, children, action }: NothingHereProps) {
  return (
    <Box padding="600">
      <BlockStack gap="400" inlineAlign="center">
        <Envelope />
        <div className="nothing-here">
          <BlockStack gap="200">
            <Text as="h2" variant="headingMd" alignment="center">
              {heading}
            </Text>
            <Text as="p" alignment="center" tone="subdued">
              {children}
            </Text>
          </BlockStack>
        </div>
        {action && (
          <Button variant="primary" {...('url' in action ? { url: action.url } : { onClick: action.onAction })}>
            {action.content}
          </Button>
        )}
      </BlockStack>
    </Box>
  );
}

function Envelope() {
  return (
    <svg aria-hidden="true" width="226" height="140" viewBox="0 0 226 140">
      <ellipse cx="113" cy="122" rx="84" ry="10" fill="#ebebeb" />
      <rect x="48" y="30" width="130" height="86" rx="10" fill="#fff" stroke="#c9c5bd" strokeWidth="2" />
      <path
        d="m50 38 63 46 63-46"
        fill="none"
        stroke="#24514a"
        strokeWidth="3"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      <circle cx="176" cy="34" r="15" fill="#24514a" />
      <path
        d="m169 34 5 5 9-10"
        fill="none"
        stroke="#fff"
        strokeWidth="3"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
