/** The shop's sender domain: reads how it stands, connects one, looks at once, lets go of it. */
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useFetcher, useLoaderData } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { deps } from '../deps.server';
import { suggestedDmarc } from '../domain/dmarc';
import { isProven } from '../domain/domain-proof';
import { proposeSender } from '../domain/sender-domain';
import { languageFor } from '../lib/language';
import { readShared } from '../pipeline/allowances';
import { ownSenderOf } from '../pipeline/sender';
import type { DomainFault } from '../pipeline/sender-domain/connect';
import { requireShop } from '../shopify.server';
import { type AuthenticatedDomain, findDomain } from '../store/authenticated-domains';
import { inShop } from '../store/scope';
import { type ConnectedDomain, DomainPage, type DomainPageProps } from '../ui/domain-page';
import { readJson } from './read-json';
import { isFailed, tolerantAction, useFailureToast } from './tolerant-action';
import { usePolling } from './use-polling';

const POLL_MS = 10_000;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const shop = await requireShop(request, context);
  const { db, clock, sender: settings } = deps();
  const own = ownSenderOf(shop);
  const names = [own, shop.url, shop.email].filter((one) => one !== null);
  return inShop(db, shop.id, async (scope) => {
    const domain = await findDomain(scope);
    return {
      connected: domain && shown(domain),
      proposal: proposeSender(names, languageFor(shop.locale) === 'fr' ? 'bonjour' : 'hello'),
      shared: await readShared(scope, shop, { now: clock.now(), settings }),
      ownSender: settings.hasProviderKey ? own : null,
    };
  });
}

function shown(row: AuthenticatedDomain): ConnectedDomain {
  const { domain, status, records, dmarc, senderEmail, trouble } = row;
  const suggested = { ...suggestedDmarc(domain), purpose: 'dmarc' as const, type: 'TXT', valid: false, found: null };
  return {
    ...{ domain, status, dmarc, senderEmail, trouble },
    since: row.statusSince.toISOString(),
    failing: row.failedAt !== null,
    records: [...records, ...(dmarc?.state === 'missing' ? [suggested] : [])],
    spf: isProven(records, 'spf') === true,
    dkim: isProven(records, 'dkim') === true,
    links: isProven(records, 'links'),
    checkedAt: row.checkedAt?.toISOString() ?? null,
    lookDueAt: row.lookDueAt.toISOString(),
  };
}

const intents = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('connect'), domain: z.string().max(300), mailbox: z.string().max(100) }),
  z.object({ intent: z.literal('check') }),
  z.object({ intent: z.literal('disconnect') }),
]);

export async function action({ request }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const { domains } = deps();
  const asked = await readJson(request, intents);
  switch (asked.intent) {
    case 'connect':
      return { did: asked.intent, ...(await domains.connect(shop.id, asked)) };
    case 'check':
      await domains.check(shop.id);
      return { did: asked.intent, ok: true as const };
    case 'disconnect':
      return { did: asked.intent, ...(await domains.disconnect(shop.id)) };
  }
}

export const clientAction = tolerantAction;

export const meta: MetaFunction = () => [{ title: 'Relance' }];

type Sent = z.infer<typeof intents>['intent'];

export default function SenderDomain() {
  const data = useLoaderData<typeof loader>();
  const fetcher = useFetcher<typeof action>();
  const asked = useRef<Sent | null>(null);
  useFailureToast(fetcher.data);
  useToast(fetcher.state === 'idle' ? fetcher.data : undefined);
  // The worker looks while the owner is at their DNS host.
  usePolling(data.connected !== null && data.connected.status !== 'valid', POLL_MS);
  const send = (wish: z.infer<typeof intents>) => {
    asked.current = wish.intent;
    fetcher.submit(wish, { method: 'post', encType: 'application/json' });
  };
  return (
    <DomainPage
      {...data}
      errors={useErrors(fetcher.data)}
      busy={fetcher.state === 'idle' ? null : asked.current}
      onConnect={(wish) => send({ intent: 'connect', ...wish })}
      onCheck={() => send({ intent: 'check' })}
      onDisconnect={() => send({ intent: 'disconnect' })}
    />
  );
}

type Answer = Awaited<ReturnType<typeof action>>;

function useErrors(data: Answer | undefined): DomainPageProps['errors'] {
  const { t } = useTranslation();
  if (!data || isFailed(data) || data.ok) return {};
  const code: DomainFault = data.code;
  return { [data.field]: t(`domain.errors.${code}`) };
}

function useToast(data: Answer | undefined): void {
  const shopify = useAppBridge();
  const { t } = useTranslation();
  const told = useRef<unknown>(undefined);
  useEffect(() => {
    if (!data || isFailed(data) || !data.ok || told.current === data) return;
    told.current = data;
    if (data.did === 'connect') shopify.toast.show(t('domain.connectedToast'));
    if (data.did === 'disconnect') shopify.toast.show(t('domain.removedToast'));
  }, [data, shopify, t]);
}
