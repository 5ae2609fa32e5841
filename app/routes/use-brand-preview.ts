/** Keeps the sample e-mail of the brand page in step with its form: asks again a moment after the last change. */
import { useFetcher } from '@remix-run/react';
import { useEffect, useState } from 'react';
import type { BrandSettings } from '../domain/brand';
import type { ShownMail } from '../ui/mail-preview';
import type { action } from './app.settings.brand.preview';
import { isFailed } from './tolerant-action';

/** Long enough to finish a word. */
const PAUSE_MS = 300;

export function useBrandPreview(brand: BrandSettings) {
  const { submit, data, state } = useFetcher<typeof action>();
  const [mail, setMail] = useState<ShownMail | null>(null);
  const asked = JSON.stringify({ brand });
  useEffect(() => {
    const timer = setTimeout(() => {
      submit(JSON.parse(asked), { method: 'post', encType: 'application/json', action: '/app/settings/brand/preview' });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [asked, submit]);
  // A brand with an error keeps showing the last sound one.
  useEffect(() => {
    if (data && !isFailed(data) && data.ok) setMail(data.mail);
  }, [data]);
  return {
    mail,
    busy: state !== 'idle',
    errors: data && !isFailed(data) && !data.ok ? data.errors : [],
    failed: isFailed(data),
  };
}
