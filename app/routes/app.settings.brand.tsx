/** How the shop's e-mails look: reads and saves what the owner chose, and looks at the store's theme again when asked. */
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useFetcher, useLoaderData } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { deps } from '../deps.server';
import { type BrandSettings, type FoundBrand, themeBrandOf } from '../domain/brand';
import { USUAL_FONTS } from '../emails/brand';
import { isGround, lightPalette } from '../emails/palette';
import type { FieldError } from '../scenarios/overlay';
import { requireShop } from '../shopify.server';
import { AppSaveBar } from '../ui/app-save-bar';
import { type BrandForm, fromBrandForm, toBrandForm } from '../ui/brand-form';
import { type BrandFound, BrandPage } from '../ui/brand-page';
import { MailPreview } from '../ui/mail-preview';
import { readJson } from './read-json';
import { isFailed, tolerantAction, useFailureToast } from './tolerant-action';
import { uploadPicture } from './upload-picture';
import { useBrandPreview } from './use-brand-preview';

export async function loader({ request, context }: LoaderFunctionArgs) {
  const shop = await requireShop(request, context);
  const { env } = deps();
  const theme = themeBrandOf(shop.foundBrand);
  const colors = lightPalette({
    background: theme.background,
    text: theme.textColor,
    button: theme.buttonColor,
    buttonText: theme.buttonTextColor,
  });
  return {
    own: shop.settings.brand,
    theme,
    found: shownFound(shop.foundBrand),
    usual: {
      button: colors.button,
      background: colors.background,
      backgroundFound: theme.background !== null && isGround(theme.background),
      ...USUAL_FONTS,
    },
    grantUrl: `https://${shop.domain}/admin/oauth/install?client_id=${env.SHOPIFY_API_KEY}`,
  };
}

function shownFound(found: FoundBrand | null): BrandFound {
  if (!found) return { state: 'not-yet' };
  if (found.state !== 'found') return { state: found.state };
  const { at, theme, brand } = found;
  return { state: 'found', at, theme, darkBackground: brand.background !== null && !isGround(brand.background) };
}

const intents = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('save'), brand: z.unknown() }),
  z.object({ intent: z.literal('look') }),
]);

export async function action({ request }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const { commands, lookForBrand } = deps();
  const asked = await readJson(request, intents);
  if (asked.intent === 'save') return { saved: await commands.saveBrand(shop.id, asked.brand) };
  return { looked: await lookForBrand.now(shop.id) };
}

export const clientAction = tolerantAction;

export const meta: MetaFunction = () => [{ title: 'Relance' }];

export default function Brand() {
  const { own, theme, found, usual, grantUrl } = useLoaderData<typeof loader>();
  const saved = toBrandForm(own, theme);
  // Only what was changed: a new look at the store leaves it as it is, and moves the rest.
  const [edits, setEdits] = useState<Partial<BrandForm>>({});
  const form = { ...saved, ...edits };
  const brand = fromBrandForm(form, theme);
  const preview = useBrandPreview(brand);
  const [sent, setSent] = useState(edits);
  const saving = useSaving(() => setEdits((now) => writtenSince(now, sent)));
  const looking = useLooking();
  // The sample looks at each change; a refusal of the save stands until it has.
  const errors = useErrors(preview.busy || preview.failed ? saving.refused : preview.errors);
  return (
    <>
      <AppSaveBar
        id="brand-save"
        open={JSON.stringify(form) !== JSON.stringify(saved)}
        saving={saving.busy}
        onSave={() => {
          setSent(edits);
          saving.save(brand);
        }}
        onDiscard={() => setEdits({})}
      />
      <BrandPage
        form={form}
        errors={errors}
        found={found}
        theme={theme}
        usual={usual}
        grantUrl={grantUrl}
        looking={looking.busy}
        unavailable={looking.unavailable}
        preview={
          <MailPreview
            mail={preview.mail}
            busy={preview.busy}
            problem={preview.errors.length > 0 ? 'errors' : preview.failed ? 'notAvailable' : null}
          />
        }
        onChange={(change) => setEdits({ ...edits, ...change })}
        upload={uploadPicture}
        onLook={looking.look}
      />
    </>
  );
}

/** What is not among what was sent, or is another by now. */
function writtenSince(edits: Partial<BrandForm>, sent: Partial<BrandForm>): Partial<BrandForm> {
  const isNew = ([name, value]: [string, unknown]) =>
    JSON.stringify(value) !== JSON.stringify(sent[name as keyof BrandForm]);
  return Object.fromEntries(Object.entries(edits).filter(isNew));
}

function useSaving(onSaved: () => void) {
  const shopify = useAppBridge();
  const { t } = useTranslation();
  const { submit, data, state } = useFetcher<typeof action>();
  useFailureToast(data);
  const answer = data && !isFailed(data) && 'saved' in data ? data.saved : undefined;
  const told = useRef<unknown>(undefined);
  useEffect(() => {
    if (state !== 'idle' || !answer?.ok || told.current === answer) return;
    told.current = answer;
    shopify.toast.show(t('common.saved'));
    onSaved();
  }, [answer, state, shopify, t, onSaved]);
  return {
    busy: state !== 'idle',
    refused: answer && !answer.ok ? answer.errors : [],
    save: (brand: BrandSettings) => submit({ intent: 'save', ...asJson({ brand }) }, JSON_POST),
  };
}

function useLooking() {
  const { submit, data, state } = useFetcher<typeof action>();
  useFailureToast(data);
  return {
    busy: state !== 'idle',
    unavailable: state === 'idle' && data !== undefined && !isFailed(data) && 'looked' in data && !data.looked,
    look: () => submit({ intent: 'look' }, JSON_POST),
  };
}

const JSON_POST = { method: 'post', encType: 'application/json' } as const;
const asJson = (value: object) => JSON.parse(JSON.stringify(value));

const CODES = [
  'not-a-web-address',
  'not-an-https-address',
  'not-a-color',
  'not-a-choice',
  'picture-format',
  'too-dark',
  'too-many',
] as const;

/** In words, by field; a line of the links says its error at the field. */
function useErrors(refused: readonly FieldError[]): Record<string, string> {
  const { t } = useTranslation();
  const sentence = ({ code, params }: FieldError) => {
    const known = CODES.find((one) => one === code) ?? ('malformed' as const);
    return t(`brand.errors.${known}`, { ...params });
  };
  return Object.fromEntries(refused.map((error) => [error.path.replace(/\.\d+$/, ''), sentence(error)]));
}
