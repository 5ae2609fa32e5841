/** One customer and why they got what they got. */
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useFetcher, useLoaderData } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { deps } from '../deps.server';
import { emailSteps, type ScenarioKey } from '../domain/scenario';
import { leftOutTag, shopperLanguage } from '../domain/shop';
import { storableText } from '../lib/storable-text';
import { together } from '../lib/together';
import { senderOf } from '../pipeline/sender';
import { whatComesNext } from '../pipeline/what-comes-next';
import { whyOfCustomer } from '../pipeline/why-of-customer';
import { CATALOGUE } from '../scenarios/catalogue';
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
  const { person, timeline, next, why } = await inShop(db, shop.id, (scope) => {
    const person = findCustomerRow(scope, id);
    const coming = whatComesNext(scope, id, now);
    return together({
      person,
      timeline: loadCustomerTimeline(scope, id),
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
  const { timeline, next, ...customer } = useLoaderData<typeof loader>();
  const numberOf = useEmailNumber();
  const nameOf = useEmailName();
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

/** An e-mail by its place in the scenario. */
function useEmailNumber(): (scenario: ScenarioKey, key: string) => string {
  const { t } = useTranslation();
  return (scenario, key) => {
    const number = emailSteps(CATALOGUE[scenario]).findIndex((step) => step.email === key) + 1;
    return t('scenario.emailNumber', { number });
  };
}

/** An e-mail by its subject once it was sent, else by its place in the scenario. */
function useEmailName(): EmailName {
  const { t } = useTranslation();
  const numberOf = useEmailNumber();
  return (scenario, { key, subject }) => subject || `${t(`scenarios.${scenario}.name`)}, ${numberOf(scenario, key)}`;
}
