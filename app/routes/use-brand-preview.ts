/** Keeps the sample e-mail of the brand page in step with its form: asks again a moment after the last change. */
import { useEffect, useState } from 'react';
import type { BrandSettings } from '../domain/brand';
import type { ShownMail } from '../ui/mail-preview';
import type { action } from './app.settings.brand.preview';
import { useAsk } from './use-ask';

/** Long enough to finish a word. */
const PAUSE_MS = 300;

export function useBrandPreview(brand: BrandSettings) {
  const { ask, answer, failed, busy } = useAsk<typeof action>();
  const [mail, setMail] = useState<ShownMail | null>(null);
  const asked = JSON.stringify({ brand });
  useEffect(() => {
    const timer = setTimeout(() => ask('/app/settings/brand/preview', JSON.parse(asked)), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [asked, ask]);
  // A brand with an error keeps showing the last sound one.
  useEffect(() => {
    if (answer?.ok) setMail(answer.mail);
  }, [answer]);
  return {
    mail,
    busy,
    errors: answer && !answer.ok ? answer.errors : [],
    failed: failed !== null,
  };
}
