/** One customer and why they got what they got. */
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useFetcher, useLoaderData } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { deps } from '../deps.server';
import { emailSteps, SCENARIO_KEYS, type ScenarioKey } from '../domain/scenario';
import { leftOutTag, shopperLanguage } from '../domain/shop';
import { storableText } from '../lib/storable-text';
import { together } from '../lib/together';
import { loadScenarios } from '../pipeline/effective-scenario';
import { senderOf } from '../pipeline/sender';
import { whatComesNext } from '../pipeline/what-comes-next';
import { whyOfCustomer } from '../pipeline/why-of-customer';
import { requireShop } from '../shopify.server';
import { findCustomerRow } from '../store/engagement';
import { profileOf } from '../store/reports/customer-profile';
import { loadCustomerTimeline, type TimelineEntry } from '../store/reports/customer-timeline';
import { inShop } from '../store/scope';
import { CustomerPage } from '../ui/customer-page';
import type { TimelineItem } from '../ui/timeline';
import { readJson } from './read-json';
import { isFailed, tolerantAction, useFailureToast } from './tolerant-action';

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const shop = await requireShop(request, context);
  const id = storableText(params.id ?? '');
  const { db, clock, sender } = deps();
  const now = clock.now();
  const { person, timeline, next, why, scenarios } = await inShop(db, shop.id, (scope) => {
    const person = findCustomerRow(scope, id);
    const coming = whatComesNext(scope, id, now);
    return together({
      person,
      timeline: loadCustomerTimeline(scope, id),
      scenarios: loadScenarios(scope),
      next: coming,
      why: whyOfCustomer(scope, { shop, customerId: id, person, sender: senderOf(shop, sender).state, coming, now }),
    });
  });
  if (!person) throw new Response(null, { status: 404 });
  const profile = profileOf(person);
  const tag = leftOutTag(shop.settings, profile.tags);
  return {
    name: [profile.firstName, profile.lastName].filter(Boolean).join(' ') || null,
    email: profile.email,
    consent: profile.consent,
    consentUpdatedAt: profile.consentUpdatedAt?.toISOString() ?? null,
    language: shopperLanguage(shop, profile.preferences.language, profile.locale),
    ordersCount: profile.ordersCount,
    refused: profile.preferences.refused,
    fewer: profile.preferences.fewer,
    suppressed: profile.suppressed,
    deleted: profile.deleted,
    birthDate: profile.birthDate,
    vipSince: profile.vipSince?.toISOString() ?? null,
    leftOut: tag !== null ? { tag } : profile.leftOutSegment !== null ? { segment: profile.leftOutSegment } : null,
    next,
    why,
    timeline,
    // By their place in the scenario as it is now.
    emailKeys: Object.fromEntries(
      SCENARIO_KEYS.map((key) => [key, emailSteps(scenarios[key].definition).map(({ email }) => email)]),
    ) as Record<ScenarioKey, string[]>,
  };
}

const stopIntent = z.object({ intent: z.literal('stop'), enrollmentId: z.number().int().positive().nullable() });

export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const { enrollmentId } = await readJson(request, stopIntent);
  const customerId = storableText(params.id ?? '');
  const stopped = await deps().commands.stopPerson(shop.id, {
    customerId,
    ...(enrollmentId === null ? {} : { enrollmentId }),
  });
  return { stopped };
}

export const clientAction = tolerantAction;

export const meta: MetaFunction = () => [{ title: 'Relance' }];

export default function Customer() {
  const { timeline, next, emailKeys, ...customer } = useLoaderData<typeof loader>();
  const numberOf = useEmailNumber(emailKeys);
  const nameOf = useEmailName(numberOf);
  const { stopping, stop } = useStop();
  return (
    <CustomerPage
      {...customer}
      next={next.map(({ planned, after, ...item }) => ({
        ...item,
        planned: planned.map((one) => ({ ...one, email: numberOf(item.scenario, one.email) })),
        after: after?.kind === 'email' ? { ...after, email: numberOf(item.scenario, after.email) } : after,
      }))}
      timeline={timeline.map((entry) => toItem(entry, nameOf))}
      stopping={stopping}
      onStop={stop}
    />
  );
}

function useStop() {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const { data, state, submit } = useFetcher<typeof action>();
  useFailureToast(data);
  useEffect(() => {
    if (state === 'idle' && data && !isFailed(data))
      shopify.toast.show(t('customers.next.stopped', { count: data.stopped }));
  }, [data, state, shopify, t]);
  const stop = (enrollmentId: number | null) =>
    submit({ intent: 'stop', enrollmentId }, { method: 'post', encType: 'application/json' });
  return { stopping: state !== 'idle', stop };
}

type EmailName = (scenario: ScenarioKey, email: { key: string; subject: string | null }) => string;

function toItem(entry: TimelineEntry, nameOf: EmailName): TimelineItem {
  switch (entry.type) {
    case 'ordered':
      return entry;
    case 'clicked':
      return { ...entry, email: nameOf(entry.scenario, entry.email) };
    case 'decision': {
      const email = entry.email && nameOf(entry.scenario, entry.email);
      return { ...entry, email, ground: entry.email?.ground ?? null };
    }
  }
}

type EmailNumber = (scenario: ScenarioKey, key: string) => string;

/** An e-mail by its place in the scenario; one the scenario has no longer has none. */
function useEmailNumber(emailKeys: Record<ScenarioKey, string[]>): EmailNumber {
  const { t } = useTranslation();
  return (scenario, key) => {
    const number = emailKeys[scenario].indexOf(key) + 1;
    return number === 0 ? t('scenario.emailRemoved') : t('scenario.emailNumber', { number });
  };
}

/** An e-mail by its subject once it was sent, else by its place in the scenario. */
function useEmailName(numberOf: EmailNumber): EmailName {
  const { t } = useTranslation();
  return (scenario, { key, subject }) => subject || `${t(`scenarios.${scenario}.name`)}, ${numberOf(scenario, key)}`;
}
