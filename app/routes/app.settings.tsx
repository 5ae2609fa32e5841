/** The shop's settings: reads and saves them; what is refused comes back with the field it belongs to. */
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useFetcher, useLoaderData } from '@remix-run/react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { deps } from '../deps.server';
import { ELSEWHERE } from '../domain/checkout-rule';
import { CHECKOUT_GROUNDS, checkoutGroundRule } from '../domain/consent';
import { languageFor } from '../lib/language';
import { readRamp, readShared } from '../pipeline/allowances';
import type { FieldError } from '../scenarios/overlay';
import { requireShop } from '../shopify.server';
import { findDomain } from '../store/authenticated-domains';
import { inShop } from '../store/scope';
import { findSetup } from '../store/setup';
import { AppSaveBar } from '../ui/app-save-bar';
import type { CountryRule } from '../ui/settings-consent';
import type { SettingsForm } from '../ui/settings-form';
import type { KnownSegments } from '../ui/settings-left-out';
import { SettingsPage } from '../ui/settings-page';
import type { loader as segmentsLoader } from './app.settings.segments';
import { readJson } from './read-json';
import { tolerantAction, useFailureToast } from './tolerant-action';
import { useAsk } from './use-ask';
import { useSettingsForm } from './use-settings-form';

export async function loader({ request, context }: LoaderFunctionArgs) {
  const shop = await requireShop(request, context);
  const { db, clock, sender } = deps();
  const countries: CountryRule[] = [
    ...Object.entries(CHECKOUT_GROUNDS).map(([country, rule]) => ({ country, ...rule })),
    { country: ELSEWHERE, rule: checkoutGroundRule(null).rule, source: null },
  ];
  return {
    settings: shop.settings,
    shopAddress: shop.address,
    fallbacks: {
      senderName: shop.name,
      senderEmail: sender.sharedSender,
      replyTo: shop.email,
      language: languageFor(shop.locale),
    },
    countries,
    ...(await inShop(db, shop.id, async (scope) => {
      const now = clock.now();
      const domain = await findDomain(scope);
      return {
        setupHidden: (await findSetup(scope)).hidden,
        ramp: await readRamp(scope, shop, now),
        shared: await readShared(scope, shop, { now, settings: sender }),
        domain: domain && { name: domain.domain, status: domain.status },
      };
    })),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const { settings } = await readJson(request, z.object({ settings: z.unknown() }));
  return deps().commands.saveSettings(shop.id, settings);
}

export const clientAction = tolerantAction;

export const meta: MetaFunction = () => [{ title: 'Relance' }];

export default function Settings() {
  const { settings, shopAddress, ...shown } = useLoaderData<typeof loader>();
  const work = useSettingsForm(settings, shopAddress);
  const errors = useErrors(work.refused, work.form);
  const segments = useSegments();
  const setup = useFetcher();
  useFailureToast(setup.data);
  const { dirty, saving, save, discard } = work;
  return (
    <>
      <AppSaveBar id="settings-save" open={dirty} saving={saving} onSave={save} onDiscard={discard} />
      <SettingsPage
        form={work.form}
        errors={errors}
        {...shown}
        segments={segments}
        busy={setup.state !== 'idle'}
        onShowSetup={() => setup.submit({ intent: 'hide-setup', hidden: false }, SHOW_SETUP)}
        onChange={work.change}
      />
    </>
  );
}

const SHOW_SETUP = { method: 'post', encType: 'application/json', action: '/app?index' } as const;

/** Asked for once the page is there. */
function useSegments(): KnownSegments {
  const { ask, answer, failed } = useAsk<typeof segmentsLoader>();
  useEffect(() => ask('/app/settings/segments'), [ask]);
  return failed ? 'failed' : answer && (answer.segments ?? 'failed');
}

/** Smallest values; the largest ones come with the refusal. */
const LEAST: Record<string, number> = { 'frequency.gapHours': 0, 'frequency.maxIn7Days': 1, attributionDays: 1 };
const MOST: Record<string, number> = { 'frequency.gapHours': 168, 'frequency.maxIn7Days': 21, attributionDays: 30 };

const CODES = [
  'not-an-email',
  'public-mail-domain',
  'sender-not-yours',
  'sender-not-verified',
  'not-a-number',
  'out-of-range',
  'too-long',
  'line-break',
  'too-many',
  'required',
  'not-a-choice',
  'wider-than-country',
  'no-language',
  'language-not-used',
  'not-a-metafield',
] as const;

function useErrors(refused: FieldError[], form: SettingsForm): Record<string, string> {
  const { t } = useTranslation();
  const sentence = ({ path, code, params }: FieldError): string => {
    const known = CODES.find((one) => one === code) ?? ('malformed' as const);
    const domain = form.senderEmail.split('@').at(-1) ?? '';
    return t(`settings.errors.${known}`, { min: LEAST[path] ?? 0, max: MOST[path] ?? '', domain, ...params });
  };
  // A field of a list (one of the tags or segments) says its error at the list.
  return Object.fromEntries(refused.map((error) => [error.path.replace(/\.\d+(\..*)?$/, ''), sentence(error)]));
}
