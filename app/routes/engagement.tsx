/** The overview's chart and its last e-mails: read once the page is shown. Used by the home route. */
import { BlockStack } from '@shopify/polaris';
import { useEffect } from 'react';
import { EngagementCard } from '../ui/engagement-card';
import { RecentSendsCard } from '../ui/recent-sends-card';
import type { loader } from './app.engagement';
import { useAsk } from './use-ask';

export function Engagement() {
  const { ask, answer: read, failed, busy } = useAsk<typeof loader>();
  useEffect(() => ask('/app/engagement'), [ask]);
  const again = failed && !busy ? () => ask('/app/engagement') : null;
  return (
    <BlockStack gap="400">
      <EngagementCard days={read?.days ?? null} onAgain={again} />
      {(read === null || read.recent.length > 0) && again === null && <RecentSendsCard recent={read?.recent ?? null} />}
    </BlockStack>
  );
}
