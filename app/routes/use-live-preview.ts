/** Keeps the preview in step with the draft: asks again a moment after the last change. Used by the scenario's page. */
import { useEffect, useState } from 'react';
import type { ScenarioKey } from '../domain/scenario';
import type { Language } from '../lib/language';
import type { FieldError } from '../scenarios/overlay';
import type { PickedCustomer } from '../ui/customer-picker';
import type { ShownMail } from '../ui/mail-preview';
import type { DraftOverlay } from '../ui/scenario-draft';
import type { action } from './app.scenarios.$key.preview';
import { useAsk } from './use-ask';

/** Long enough to finish a word. */
const PAUSE_MS = 350;

export interface LivePreview {
  customer: PickedCustomer | null;
  setCustomer(customer: PickedCustomer | null): void;
  /** Null: the customer's own. */
  language: Language | null;
  setLanguage(language: Language | null): void;
  /** `YYYY-MM-DD` on the shop's calendar; null: today. */
  day: string | null;
  setDay(day: string | null): void;
  mail: (ShownMail & { language: Language }) | null;
  busy: boolean;
  errors: FieldError[];
  failed: boolean;
}

export function useLivePreview({
  scenario,
  email,
  draft,
}: {
  scenario: ScenarioKey;
  email: string;
  draft: DraftOverlay;
}): LivePreview {
  const [customer, setCustomer] = useState<PickedCustomer | null>(null);
  const [language, setLanguage] = useState<Language | null>(null);
  const [day, setDay] = useState<string | null>(null);
  const [mail, setMail] = useState<LivePreview['mail']>(null);
  const asked = JSON.stringify({ email, customerId: customer?.id ?? null, language, day, draft });
  const { ask, answer, failed, busy } = useAsk<typeof action>();
  useEffect(() => {
    const timer = setTimeout(() => ask(`/app/scenarios/${scenario}/preview`, JSON.parse(asked)), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [asked, scenario, ask]);
  // A draft with an error keeps showing the last sound e-mail.
  useEffect(() => {
    if (answer?.ok) setMail(answer.mail);
  }, [answer]);
  return {
    customer,
    setCustomer,
    language,
    setLanguage,
    day,
    setDay,
    mail,
    busy,
    errors: answer && !answer.ok ? answer.errors : [],
    failed: failed !== null,
  };
}
