/** A picture that is kept among the shop's files in Shopify: chosen on this computer, checked, shown. Used by the e-mail editor and for the logo. */
import { BlockStack, Button, InlineError, InlineStack, Spinner, Text, TextField } from '@shopify/polaris';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MOST_PICTURE_BYTES, PICTURE_TYPES } from '../domain/picture';

export interface StoredPicture {
  url: string;
  /** In px. */
  width: number;
  height: number;
}

export const PICTURE_REFUSALS = ['type', 'size', 'scope', 'refused', 'slow', 'failed'] as const;
export type PictureRefusal = (typeof PICTURE_REFUSALS)[number];
export type PictureAnswer = { ok: true; picture: StoredPicture } | { ok: false; code: PictureRefusal };

/** Keeps a picture in the shop's files. Never rejects. */
export type UploadPicture = (file: File, alt: string) => Promise<PictureAnswer>;

export interface PictureFieldProps {
  label: string;
  /** Empty while there is none. */
  url: string;
  /** What it shows, for Shopify's list of files. */
  alt: string;
  error?: string | undefined;
  upload: UploadPicture;
  onChange(picture: { url: string; width?: number; height?: number }): void;
}

function refusalOf(file: File): PictureRefusal | null {
  if (!PICTURE_TYPES.some((type) => type === file.type)) return 'type';
  return file.size > MOST_PICTURE_BYTES ? 'size' : null;
}

export function PictureField({ label, url, alt, error, upload, onChange }: PictureFieldProps) {
  const { t } = useTranslation();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<'idle' | 'busy' | PictureRefusal>('idle');
  // An upload takes a while: what it brings goes to the field as it is then, and nowhere once the field is gone.
  const latest = useRef<PictureFieldProps['onChange'] | null>(onChange);
  useEffect(() => {
    latest.current = onChange;
    return () => {
      latest.current = null;
    };
  }, [onChange]);
  const take = async (file: File | undefined) => {
    if (!file) return;
    const wrong = refusalOf(file);
    if (wrong) return setState(wrong);
    setState('busy');
    const answer = await upload(file, alt);
    if (!latest.current) return;
    setState(answer.ok ? 'idle' : answer.code);
    if (answer.ok) latest.current(answer.picture);
  };
  const refusal = state === 'idle' || state === 'busy' ? error : t(`common.picture.refused.${state}`);
  return (
    <BlockStack gap="200">
      <InlineStack gap="300" blockAlign="center" wrap={false}>
        {url !== '' && <img className="picture-thumb" src={url} alt="" />}
        <BlockStack gap="100">
          <Text as="span" fontWeight="medium">
            {label}
          </Text>
          <InlineStack gap="200" blockAlign="center">
            <Button disabled={state === 'busy'} onClick={() => input.current?.click()}>
              {t(url === '' ? 'common.picture.choose' : 'common.picture.replace')}
            </Button>
            {state === 'busy' && <Spinner size="small" accessibilityLabel={t('common.picture.busy')} />}
          </InlineStack>
          <Text as="span" tone="subdued" variant="bodySm">
            {t('common.picture.limits')}
          </Text>
        </BlockStack>
      </InlineStack>
      <input
        ref={input}
        id={id}
        className="picture-input"
        type="file"
        tabIndex={-1}
        aria-label={label}
        accept={PICTURE_TYPES.join(',')}
        onChange={(event) => {
          void take(event.target.files?.[0]);
          // The same file may be chosen again once it was mended.
          event.target.value = '';
        }}
      />
      {refusal && <InlineError fieldID={id} message={refusal} />}
      <TextField
        label={t('common.picture.address')}
        type="url"
        autoComplete="off"
        value={url}
        onChange={(next) => onChange({ url: next })}
      />
    </BlockStack>
  );
}
