/** What the e-mails did, day by day, and the last ones sent; asked by the overview once it is shown, so that nothing waits for it. */
import type { LoaderFunctionArgs } from '@remix-run/node';
import { deps } from '../deps.server';
import { together } from '../lib/together';
import { requireShop } from '../shopify.server';
import { loadDailyEngagement } from '../store/reports/daily-engagement';
import { lastPeriods } from '../store/reports/period';
import { loadLastSent } from '../store/reports/recent-sends';
import { inShop } from '../store/scope';

const MOST_RECENT = 6;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const shop = await requireShop(request, context);
  const { db, clock } = deps();
  const { current } = lastPeriods(clock.now());
  return inShop(db, shop.id, (scope) =>
    together({ days: loadDailyEngagement(scope, current), recent: loadLastSent(scope, MOST_RECENT) }),
  );
}
