/** One customer and why they got what they got. */
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { deps } from '../deps.server';
import { emailSteps, type ScenarioKey } from '../domain/scenario';
import { shopperLanguage } from '../domain/shop';
import { storableText } from '../lib/storable-text';
import { CATALOGUE } from '../scenarios/catalogue';
import { requireShop } from '../shopify.server';
import { findCustomerProfile } from '../store/reports/customer-profile';
import { loadCustomerTimeline, type TimelineEntry } from '../store/reports/customer-timeline';
import { inShop } from '../store/scope';
import { CustomerPage } from '../ui/customer-page';
import type { TimelineItem } from '../ui/timeline';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const shop = await requireShop(request);
  const id = storableText(params.id ?? '');
  const { profile, timeline } = await inShop(deps().db, shop.id, async (scope) => ({
    profile: await findCustomerProfile(scope, id),
    timeline: await loadCustomerTimeline(scope, id),
  }));
  if (!profile) throw new Response(null, { status: 404 });
  return {
    name: [profile.firstName, profile.lastName].filter(Boolean).join(' ') || null,
    email: profile.email,
    consent: profile.consent,
    consentUpdatedAt: profile.consentUpdatedAt?.toISOString() ?? null,
    language: shopperLanguage(shop, profile.locale),
    ordersCount: profile.ordersCount,
    refused: profile.preferences.refused,
    fewer: profile.preferences.fewer,
    suppressed: profile.suppressed,
    deleted: profile.deleted,
    timeline,
  };
}

export const meta: MetaFunction = () => [{ title: 'Relance' }];

export default function Customer() {
  const { timeline, ...customer } = useLoaderData<typeof loader>();
  const nameOf = useEmailName();
  const items = timeline.map((entry) => toItem(entry, nameOf));
  return <CustomerPage {...customer} timeline={items} />;
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

/** An e-mail by its subject once it was sent, else by its place in the scenario. */
function useEmailName(): EmailName {
  const { t } = useTranslation();
  return (scenario, { key, subject }) => {
    if (subject) return subject;
    const number = emailSteps(CATALOGUE[scenario]).findIndex((step) => step.email === key) + 1;
    return `${t(`scenarios.${scenario}.name`)}, ${t('scenario.emailNumber', { number })}`;
  };
}
