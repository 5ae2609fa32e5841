/** A scenario: reads it with its e-mails, figures and draft; switches and saves it. */
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useFetcher, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { deps } from '../deps.server';
import { asDoubleSender } from '../domain/double-sender';
import type { Facts } from '../domain/reason';
import { NOTHING_HELD } from '../domain/release';
import { localDay } from '../lib/time-zone';
import { together } from '../lib/together';
import { readRamp } from '../pipeline/allowances';
import { loadScenario } from '../pipeline/effective-scenario';
import { heldOfScenarios } from '../pipeline/held';
import { senderOf } from '../pipeline/sender';
import { requireShop, userOf } from '../shopify.server';
import { lastPeriods } from '../store/reports/period';
import { loadEmailFigures, loadScenarioFigures, loadWithheldReasons } from '../store/reports/scenario-figures';
import { findScenarioDraft } from '../store/scenario-drafts';
import { findScenarioSetting, listDoubleSendersRead } from '../store/scenarios';
import { inShop } from '../store/scope';
import type { UsualGap } from '../ui/audience-card';
import { useScenarioResults } from '../ui/scenario-results';
import { scenarioStatus } from '../ui/scenario-status';
import { SectionWishes } from '../ui/section-wish';
import { answerSwitch } from './answer-switch';
import { DoubleSender } from './double-sender';
import { readDraft } from './draft-shape';
import { readJson } from './read-json';
import { prebuiltOf, savedOf } from './saved-of';
import { requireScenarioKey } from './scenario-key';
import { ScenarioWorkbench } from './scenario-workbench';
import { switchIntent } from './switch-intent';
import { goingTo, useRefusals, useSwitchToast } from './switch-scenario';
import { tolerantAction, useFailureToast } from './tolerant-action';

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const shop = await requireShop(request, context);
  const key = requireScenarioKey(params.key);
  const { db, clock, sender, audiences } = deps();
  const now = clock.now();
  const { current } = lastPeriods(now);
  const read = await inShop(db, shop.id, (scope) => {
    const scenario = loadScenario(scope, key);
    const alone = scenario.then((loaded) => ({ [key]: loaded }) as Record<typeof key, typeof loaded>);
    return together({
      scenario,
      counted: audiences.read(scope, alone, shop.settings),
      figures: loadEmailFigures(scope, key, current),
      totals: loadScenarioFigures(scope, current),
      withheld: loadWithheldReasons(scope, key, current),
      ramp: readRamp(scope, shop, now),
      held: heldOfScenarios(scope, shop, now),
      doubleSendersRead: listDoubleSendersRead(scope),
      draft: findScenarioDraft(scope, key),
      setting: findScenarioSetting(scope, key),
    });
  });
  const { scenario, figures, withheld } = read;
  const { audience, standing } = read.counted[key];
  const draft = read.draft;
  const user = userOf(shop);
  return {
    definition: scenario.definition,
    scenario: {
      key,
      saved: savedOf(scenario),
      prebuilt: prebuiltOf(key),
      revision: scenario.revision,
      savedAt: read.setting?.updatedAt.toISOString() ?? null,
      kept: draft && {
        draft: readDraft(draft.draft),
        basedOn: draft.basedOn,
        token: draft.token,
        at: draft.keptAt.toISOString(),
        byYou: draft.keptBy === user,
      },
    },
    doubleSender: read.doubleSendersRead.includes(key) ? null : asDoubleSender(key),
    automationsUrl: `https://${shop.domain}/admin/marketing/automations`,
    on: scenario.enabled,
    paused: shop.pausedAt !== null,
    stopped: shop.pace.name === 'stopped',
    ramp: read.ramp,
    sender: senderOf(shop, sender).state,
    figures,
    totals: read.totals[key],
    withheld,
    held: read.held[key] ?? NOTHING_HELD,
    audience,
    usualGap: usualGap(scenario.scanFacts),
    birthDates: key === 'birthday' ? (audience.inAll ?? 0) : null,
    // Who is among the best is known once the first scan has been.
    standing: key === 'vip' && scenario.scanFacts.at === undefined ? null : standing,
    already: key === 'vip' ? audience.reached : (audience.inAll ?? 0),
    today: localDay(now, shop.timeZone),
    ownerEmail: shop.email ?? '',
    shopName: shop.settings.senderName ?? shop.name,
  };
}

/** What the last scan found people usually let pass, doubled. */
function usualGap({ at, shopLapseDays }: Facts): UsualGap {
  if (at === undefined) return { state: 'not-counted' };
  return typeof shopLapseDays === 'number' ? { state: 'known', days: shopLapseDays } : { state: 'unknown' };
}

const intents = z.discriminatedUnion('intent', [
  switchIntent,
  z.object({
    intent: z.literal('save'),
    overlay: z.unknown(),
    basedOn: z.int32().optional(),
    draftToken: z.uuid().nullable().optional(),
  }),
  z.object({ intent: z.literal('double-sender-read') }),
  z.object({ intent: z.literal('enroll-standing'), days: z.number() }),
]);

export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const key = requireScenarioKey(params.key);
  const { commands } = deps();
  const asked = await readJson(request, intents);
  switch (asked.intent) {
    case 'switch':
      return answerSwitch(shop.id, { ...asked, key });
    case 'save':
      return {
        saved: await commands.saveScenario(shop.id, { key, by: userOf(shop), ...asked }),
      };
    case 'double-sender-read':
      await commands.noteDoubleSenderRead(shop.id, key);
      return { read: true };
    case 'enroll-standing':
      return { standing: await commands.enrollStanding(shop.id, key, { days: asked.days }) };
  }
}

export const clientAction = tolerantAction;

export const meta: MetaFunction = () => [{ title: 'Relance' }];

export default function Scenario() {
  const data = useLoaderData<typeof loader>();
  const switching = useFetcher<typeof action>();
  const toggle = useSwitchToast(switching);
  const refusals = useRefusals(switching);
  useFailureToast(switching.data);
  const going = goingTo(switching);
  const on = going ? going.on : data.on;
  const { definition, sender, paused, stopped, totals, doubleSender, automationsUrl, ...shown } = data;
  const results = useScenarioResults();
  // Another scenario is another form: its draft must not be carried over.
  return (
    <SectionWishes key={definition.key}>
      <ScenarioWorkbench
        {...shown}
        definition={definition}
        notice={doubleSender && <DoubleSender scenario={doubleSender} automationsUrl={automationsUrl} />}
        results={results(totals)}
        hasOrders={totals.orders > 0}
        on={on}
        refusals={refusals}
        status={scenarioStatus({ on, paused, stopped, sender })}
        onSwitch={(to) => toggle(definition.key, to)}
      />
    </SectionWishes>
  );
}
