/** Home: reads the overview, pauses and resumes everything, goes on after a stop, fetches failed imports again. */
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useFetcher, useLoaderData } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { deps } from '../deps.server';
import { sumHeld } from '../domain/release';
import { SCENARIO_KEYS } from '../domain/scenario';
import { shopperLanguage } from '../domain/shop';
import { together } from '../lib/together';
import { readRamp } from '../pipeline/allowances';
import { heldByPause } from '../pipeline/held';
import { senderOf } from '../pipeline/sender';
import { readSetup } from '../pipeline/setup';
import { requireShop } from '../shopify.server';
import { type AttentionPoint, loadAttention } from '../store/reports/attention';
import { homeFiguresOf, loadHomeFigures } from '../store/reports/home-figures';
import { loadImportProgress } from '../store/reports/import-progress';
import { loadPacePoints } from '../store/reports/pace-attention';
import { lastPeriods } from '../store/reports/period';
import { loadScenarioFigures, loadSwitchedOn } from '../store/reports/scenario-figures';
import { listScenarioDrafts } from '../store/scenario-drafts';
import { inShop } from '../store/scope';
import { HomePage } from '../ui/home-page';
import { scenarioStatus } from '../ui/scenario-status';
import { useHeld } from '../ui/use-held';
import { Engagement } from './engagement';
import { HomeScenarios } from './home-scenarios';
import { readJson } from './read-json';
import { SetupCards } from './setup';
import { tolerantAction, useFailureToast } from './tolerant-action';
import { usePolling } from './use-polling';

export async function loader({ request, context }: LoaderFunctionArgs) {
  const shop = await requireShop(request, context);
  const { db, clock, env, sender: settings } = deps();
  const now = clock.now();
  const { current, before } = lastPeriods(now);
  const sender = senderOf(shop, settings).state;
  const missing: AttentionPoint[] = [];
  if (!settings.hasProviderKey) missing.push({ point: 'key-missing' });
  else if (sender !== 'ready') missing.push({ point: sender });
  const read = await inShop(db, shop.id, (scope) =>
    together({
      before: loadHomeFigures(scope, before),
      scenarios: loadScenarioFigures(scope, current),
      switchedOn: loadSwitchedOn(scope),
      drafts: listScenarioDrafts(scope),
      imports: loadImportProgress(scope),
      attention: loadAttention(scope, { period: current, scopes: env.SCOPES }),
      pace: loadPacePoints(scope, shop.pace),
      ramp: readRamp(scope, shop, now),
      held: heldByPause(scope, shop, now),
      setup: readSetup(scope, shop, settings),
    }),
  );
  // The guide speaks of these already.
  const toMend = read.setup ? missing.filter(({ point }) => point === 'key-missing') : missing;
  return {
    figures: homeFiguresOf(read.scenarios),
    before: read.before,
    attributionDays: shop.settings.attributionDays,
    scenarios: SCENARIO_KEYS.map((key) => ({
      key,
      status: scenarioStatus({
        on: read.switchedOn[key] !== undefined,
        paused: shop.pausedAt !== null,
        stopped: shop.pace.name === 'stopped',
        sender,
      }),
      draftAt: read.drafts.find(({ scenario }) => scenario === key)?.keptAt.toISOString() ?? null,
      ...read.scenarios[key],
    })),
    setup: read.setup,
    theme: shop.foundBrand?.state === 'found' ? shop.foundBrand.theme : null,
    lookedAt: shop.foundBrand?.at ?? null,
    language: shopperLanguage(shop),
    attention: [...toMend, ...read.pace, ...read.attention],
    ramp: read.ramp,
    importing: read.imports?.running ? read.imports : null,
    paused: shop.pausedAt && { since: shop.pausedAt.toISOString(), held: sumHeld(read.held.values()) },
    grantUrl: `https://${shop.domain}/admin/oauth/install?client_id=${env.SHOPIFY_API_KEY}`,
  };
}

const intents = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('pause'), paused: z.boolean() }),
  z.object({ intent: z.literal('fetch-again') }),
  z.object({ intent: z.literal('go-on-slowly') }),
  z.object({ intent: z.literal('hide-setup'), hidden: z.boolean() }),
]);

export async function action({ request }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const { commands } = deps();
  const asked = await readJson(request, intents);
  switch (asked.intent) {
    case 'pause': {
      const held = await commands.pauseEverything(shop.id, asked.paused);
      return asked.paused ? { done: 'paused' as const } : { done: 'resumed' as const, held };
    }
    case 'fetch-again':
      await commands.restartImport(shop.id);
      return { done: 'import' as const };
    case 'go-on-slowly':
      await commands.resumeSlowly(shop.id);
      return { done: 'goes-on' as const };
    case 'hide-setup':
      await commands.hideSetup(shop.id, asked.hidden);
      return { done: asked.hidden ? ('setup-hidden' as const) : ('setup-shown' as const) };
  }
}

export const clientAction = tolerantAction;

export const meta: MetaFunction = () => [{ title: 'Relance' }];

const TOASTS = {
  paused: 'home.pausedToast',
  resumed: 'home.resumedToast',
  import: 'home.importRestarted',
  'goes-on': 'home.goesOnToast',
  'setup-hidden': 'setup.hiddenToast',
  'setup-shown': 'setup.shownToast',
} as const;

export default function Home() {
  const data = useLoaderData<typeof loader>();
  const fetcher = useFetcher<typeof action>();
  usePolling(data.importing !== null);
  useFailureToast(fetcher.data);
  useToast(fetcher.state === 'idle' ? fetcher.data : undefined);
  const send = (asked: z.infer<typeof intents>) =>
    fetcher.submit(asked, { method: 'post', encType: 'application/json' });
  return (
    <HomePage
      {...data}
      anythingOn={data.scenarios.some(({ status }) => status !== 'off')}
      scenarios={<HomeScenarios scenarios={data.scenarios} importing={data.importing !== null} />}
      engagement={<Engagement />}
      setup={
        data.setup && (
          <SetupCards
            {...data}
            setup={data.setup}
            quiet={data.paused !== null}
            busy={fetcher.state !== 'idle'}
            onHide={() => send({ intent: 'hide-setup', hidden: true })}
          />
        )
      }
      busy={fetcher.state !== 'idle'}
      onPause={(paused) => send({ intent: 'pause', paused })}
      onFetchAgain={() => send({ intent: 'fetch-again' })}
      onGoOnSlowly={() => send({ intent: 'go-on-slowly' })}
    />
  );
}

function useToast(data: Awaited<ReturnType<typeof action>> | undefined): void {
  const shopify = useAppBridge();
  const { t } = useTranslation();
  const { resumed } = useHeld();
  const told = useRef<unknown>(undefined);
  useEffect(() => {
    if (!data?.done || told.current === data) return;
    told.current = data;
    const done = t(TOASTS[data.done]);
    shopify.toast.show('held' in data ? resumed(done, data.held) : done);
  }, [data, shopify, t, resumed]);
}
