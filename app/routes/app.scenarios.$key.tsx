/** A scenario: reads it with its e-mails and figures; switches, saves and resets it. */
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { type ShouldRevalidateFunctionArgs, useFetcher, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { deps } from '../deps.server';
import { asDoubleSender } from '../domain/double-sender';
import type { Facts } from '../domain/reason';
import { NOTHING_HELD } from '../domain/release';
import { allSteps, type Condition, emailSteps } from '../domain/scenario';
import type { Duration } from '../lib/duration';
import { localDay } from '../lib/time-zone';
import { together } from '../lib/together';
import { readRamp } from '../pipeline/allowances';
import { contentOf } from '../pipeline/compiled-emails';
import { loadScenario } from '../pipeline/effective-scenario';
import { heldOfScenarios } from '../pipeline/held';
import { senderOf } from '../pipeline/sender';
import { CATALOGUE } from '../scenarios/catalogue';
import { PREBUILT_EMAILS } from '../scenarios/emails';
import { requireShop, userOf } from '../shopify.server';
import { lastPeriods } from '../store/reports/period';
import { loadEmailFigures, loadScenarioFigures, loadWithheldReasons } from '../store/reports/scenario-figures';
import { listDoubleSendersRead } from '../store/scenarios';
import { inShop } from '../store/scope';
import type { UsualGap } from '../ui/audience-card';
import type { Prebuilt } from '../ui/scenario-draft';
import { useScenarioResults } from '../ui/scenario-results';
import { scenarioStatus } from '../ui/scenario-status';
import { answerSwitch } from './answer-switch';
import { DoubleSender } from './double-sender';
import { readJson } from './read-json';
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
    });
  });
  const { scenario, figures, withheld } = read;
  const { audience, standing } = read.counted[key];
  const keys = emailSteps(CATALOGUE[key]).map(({ email }) => email);
  const prebuilt: Prebuilt = {
    delays: waits(CATALOGUE[key].steps),
    conditions: checks(CATALOGUE[key].steps),
    emails: Object.fromEntries(PREBUILT_EMAILS[key].map((email) => [email.key, email])),
    offer: CATALOGUE[key].offer ?? null,
    audience: CATALOGUE[key].audience ?? null,
  };
  return {
    definition: scenario.definition,
    delays: waits(scenario.definition.steps),
    conditions: checks(scenario.definition.steps),
    emails: Object.fromEntries(keys.map((email) => [email, contentOf(scenario, key, email)])),
    ...(scenario.definition.offer === undefined ? {} : { offer: scenario.definition.offer }),
    ...(scenario.definition.audience ? { rule: scenario.definition.audience } : {}),
    prebuilt,
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

function waits(steps: Parameters<typeof allSteps>[0]): Record<string, Duration> {
  return Object.fromEntries(
    allSteps(steps).flatMap((step) => (step.kind === 'wait' ? [[step.id, step.duration] as const] : [])),
  );
}

function checks(steps: Parameters<typeof allSteps>[0]): Record<string, Condition> {
  return Object.fromEntries(
    allSteps(steps).flatMap((step) => (step.kind === 'check' ? [[step.id, step.condition] as const] : [])),
  );
}

const intents = z.discriminatedUnion('intent', [
  switchIntent,
  z.object({ intent: z.literal('save'), overlay: z.unknown(), basedOn: z.number().int().optional() }),
  z.object({ intent: z.literal('reset') }),
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
        saved: await commands.saveScenario(shop.id, { key, by: userOf(request), ...asked }),
      };
    case 'reset':
      await commands.saveScenario(shop.id, { key, overlay: {}, by: userOf(request) });
      return { reset: true };
    case 'double-sender-read':
      await commands.noteDoubleSenderRead(shop.id, key);
      return { read: true };
    case 'enroll-standing':
      return { standing: await commands.enrollStanding(shop.id, key, { days: asked.days }) };
  }
}

export const clientAction = tolerantAction;

/** None of these changes what the page shows; a preview comes with every pause in typing. */
export function shouldRevalidate({ formAction, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs) {
  return /\/(preview|checks|share|test)$/.test(formAction ?? '') ? false : defaultShouldRevalidate;
}

export const meta: MetaFunction = () => [{ title: 'Relance' }];

export default function Scenario() {
  const data = useLoaderData<typeof loader>();
  const switching = useFetcher<typeof action>();
  const toggle = useSwitchToast(switching);
  const refusals = useRefusals(switching);
  useFailureToast(switching.data);
  const going = goingTo(switching);
  const on = going ? going.on : data.on;
  const { definition, sender, paused, stopped, rule, totals, doubleSender, automationsUrl, ...shown } = data;
  const results = useScenarioResults();
  // Another scenario is another form: its draft must not be carried over.
  return (
    <ScenarioWorkbench
      key={definition.key}
      {...shown}
      definition={definition}
      notice={doubleSender && <DoubleSender scenario={doubleSender} automationsUrl={automationsUrl} />}
      {...(rule ? { audienceRule: rule } : {})}
      results={results(totals)}
      on={on}
      refusals={refusals}
      status={scenarioStatus({ on, paused, stopped, sender })}
      onSwitch={(to) => toggle(definition.key, to)}
    />
  );
}
