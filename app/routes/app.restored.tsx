/** After a restore from a copy: which e-mails are held, and the owner's word on them. */
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useFetcher, useLoaderData } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { deps } from '../deps.server';
import { DAY } from '../lib/duration';
import { together } from '../lib/together';
import { UNSETTLED_DAYS } from '../pipeline/sweep';
import { requireShop } from '../shopify.server';
import { countHeld, findLostTime } from '../store/restored';
import { inShop } from '../store/scope';
import { RestoredPage } from '../ui/restored-page';
import { readJson } from './read-json';
import { isFailed, tolerantAction, useFailureToast } from './tolerant-action';

export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await requireShop(request);
  const { db, clock } = deps();
  const { lost, held } = await inShop(db, shop.id, (scope) =>
    together({ lost: findLostTime(scope), held: countHeld(scope, clock.now()) }),
  );
  const last = Math.max(...held.map(({ lastAt }) => lastAt.getTime()));
  return {
    lost: lost && { from: lost.from.toISOString(), until: lost.until.toISOString() },
    held: held.map(({ scenario, count, inTime }) => ({ scenario, count, inTime })),
    closedAt: held.length > 0 ? new Date(last + UNSETTLED_DAYS * DAY).toISOString() : null,
  };
}

const wish = z.object({ send: z.boolean() });

export async function action({ request }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const asked = await readJson(request, wish);
  return { ...asked, count: await deps().commands.settleRestored(shop.id, asked) };
}

export const clientAction = tolerantAction;

export const meta: MetaFunction = () => [{ title: 'Relance' }];

export default function Restored() {
  const data = useLoaderData<typeof loader>();
  const fetcher = useFetcher<typeof action>();
  const shopify = useAppBridge();
  const { t } = useTranslation();
  useFailureToast(fetcher.data);
  const done = fetcher.state === 'idle' && !isFailed(fetcher.data) ? fetcher.data : undefined;
  useEffect(() => {
    if (done) shopify.toast.show(done.send ? t('restored.sentToast', { count: done.count }) : t('restored.keptToast'));
  }, [done, shopify, t]);
  return (
    <RestoredPage
      {...data}
      busy={fetcher.state !== 'idle'}
      onSettle={(send) => fetcher.submit({ send }, { method: 'post', encType: 'application/json' })}
    />
  );
}
