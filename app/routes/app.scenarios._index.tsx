/** The scenarios: whom each concerns, and its switch. Where that has to be counted first, it is asked once the page is shown. */
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useFetcher, useLoaderData } from '@remix-run/react';
import { deps } from '../deps.server';
import { asDoubleSender } from '../domain/double-sender';
import { NOTHING_HELD } from '../domain/release';
import { SCENARIO_KEYS } from '../domain/scenario';
import { HOUR } from '../lib/duration';
import { localDay } from '../lib/time-zone';
import { together } from '../lib/together';
import { loadScenarios } from '../pipeline/effective-scenario';
import { heldOfScenarios } from '../pipeline/held';
import { senderOf } from '../pipeline/sender';
import { requireShop } from '../shopify.server';
import { lastPeriods } from '../store/reports/period';
import { loadScenarioFigures, loadSwitchedOn } from '../store/reports/scenario-figures';
import { listScenarioDrafts } from '../store/scenario-drafts';
import { listDoubleSendersRead } from '../store/scenarios';
import { inShop } from '../store/scope';
import { scenarioStatus } from '../ui/scenario-status';
import { ScenariosPage } from '../ui/scenarios-page';
import { answerSwitch } from './answer-switch';
import { readJson } from './read-json';
import { switchIntent } from './switch-intent';
import { goingTo, inTheWayOf, useSwitchToast } from './switch-scenario';
import { tolerantAction, useFailureToast } from './tolerant-action';
import { useAudiences } from './use-audiences';
import { useOfferWords } from './use-offer-words';

export async function loader({ request, context }: LoaderFunctionArgs) {
  const shop = await requireShop(request, context);
  const { db, clock, sender, audiences } = deps();
  const now = clock.now();
  const { current } = lastPeriods(now);
  const { scenarios, counted, figures, switchedOn, held, read, drafts } = await inShop(db, shop.id, (scope) => {
    const scenarios = loadScenarios(scope);
    return together({
      scenarios,
      counted: audiences.readKept(scope, scenarios, shop.settings),
      figures: loadScenarioFigures(scope, current),
      switchedOn: loadSwitchedOn(scope),
      held: heldOfScenarios(scope, shop, now),
      read: listDoubleSendersRead(scope),
      drafts: listScenarioDrafts(scope),
    });
  });
  const paused = shop.pausedAt !== null;
  return {
    sender: senderOf(shop, sender).state,
    paused,
    stopped: shop.pace.name === 'stopped',
    today: localDay(now, shop.timeZone),
    countedAt: longAgo(
      SCENARIO_KEYS.flatMap((key) => counted[key]?.countedAt ?? []),
      now,
    ),
    scenarios: SCENARIO_KEYS.map((key) => ({
      key,
      on: switchedOn[key] !== undefined,
      onSince: switchedOn[key]?.toISOString() ?? null,
      audience: counted[key]?.audience ?? null,
      offer: scenarios[key].definition.offer ?? null,
      held: held[key] ?? NOTHING_HELD,
      draftAt: drafts.find(({ scenario }) => scenario === key)?.keptAt.toISOString() ?? null,
      doubleSender: asDoubleSender(key) !== null && !read.includes(key),
      ...figures[key],
    })),
  };
}

/** The oldest of these moments, if that is worth saying. */
function longAgo(moments: readonly Date[], now: Date): string | null {
  const oldest = Math.min(...moments.map((at) => at.getTime()));
  return now.getTime() - oldest > HOUR ? new Date(oldest).toISOString() : null;
}

export async function action({ request }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  return answerSwitch(shop.id, await readJson(request, switchIntent));
}

export const clientAction = tolerantAction;

export const meta: MetaFunction = () => [{ title: 'Relance' }];

export default function Scenarios() {
  const { scenarios, sender, paused, stopped, today, countedAt } = useLoaderData<typeof loader>();
  const fetcher = useFetcher<typeof action>();
  const toggle = useSwitchToast(fetcher);
  useFailureToast(fetcher.data);
  // The switch shows where it is going before the server answered.
  const going = goingTo(fetcher);
  const { gives } = useOfferWords(today);
  const { audiences, failed } = useAudiences(
    scenarios,
    scenarios.some(({ audience }) => audience === null),
  );
  const shown = scenarios.map(({ offer, ...scenario }) => {
    const on = going?.key === scenario.key ? going.on : scenario.on;
    const audience = scenario.audience ?? audiences?.[scenario.key] ?? (failed ? ('unknown' as const) : null);
    return { ...scenario, audience, on, gives: gives(offer), status: scenarioStatus({ on, paused, stopped, sender }) };
  });
  return <ScenariosPage scenarios={shown} inTheWay={inTheWayOf(fetcher)} countedAt={countedAt} onSwitch={toggle} />;
}
