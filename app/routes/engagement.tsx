/** The overview's chart and its last e-mails: read once the page is shown. Used by the home route. */
import { useFetcher } from '@remix-run/react';
import { useEffect } from 'react';
import { EngagementCard } from '../ui/engagement-card';
import { RecentSendsCard } from '../ui/recent-sends-card';
import type { loader } from './app.engagement';
import { isFailed } from './tolerant-action';

export function Engagement() {
  const { load, data, state } = useFetcher<typeof loader>();
  useEffect(() => load('/app/engagement'), [load]);
  const read = data && !isFailed(data) ? data : null;
  const again = isFailed(data) && state === 'idle' ? () => load('/app/engagement') : null;
  return (
    <>
      <EngagementCard days={read?.days ?? null} onAgain={again} />
      {(read === null || read.recent.length > 0) && again === null && <RecentSendsCard recent={read?.recent ?? null} />}
    </>
  );
}
