/** The setup guide at work: a test to the owner, and the guide put away. Used by the overview. */
import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Setup } from '../domain/setup';
import type { Language } from '../lib/language';
import { LookCard } from '../ui/look-card';
import { SetupGuide } from '../ui/setup-guide';
import { useTestRefusal } from '../ui/test-send';
import type { action as previewAction } from './app.scenarios.$key.preview';
import type { action as testAction } from './app.scenarios.$key.test-send';
import { isFailed, useFailureToast } from './tolerant-action';
import { useAsk } from './use-ask';

export interface SetupProps {
  setup: Setup;
  theme: string | null;
  language: Language;
  /** Rises when the look may have changed. */
  lookedAt: string | null;
  quiet: boolean;
  busy: boolean;
  onHide(): void;
}

export function SetupCards({ setup, theme, language, lookedAt, quiet, busy, onHide }: SetupProps) {
  const test = useTest(setup, language);
  const html = useFirstEmail(lookedAt);
  return (
    <>
      <SetupGuide
        setup={setup}
        sending={test.sending}
        testError={test.error}
        quiet={quiet}
        busy={busy}
        onTest={test.send}
        onHide={onHide}
      />
      <LookCard html={html} theme={theme} />
    </>
  );
}

const JSON_POST = { method: 'post', encType: 'application/json' } as const;

function useTest({ owner }: Setup, language: Language) {
  const shopify = useAppBridge();
  const { t } = useTranslation();
  const { submit, data, state } = useFetcher<typeof testAction>();
  const told = useRef<unknown>(undefined);
  useFailureToast(data);
  const answer = state === 'idle' && data && !isFailed(data) ? data : null;
  const refusal = answer && !answer.ok ? answer : null;
  const error = useTestRefusal(refusal?.code ?? null, refusal?.limit ?? null);
  useEffect(() => {
    if (!answer?.ok || told.current === answer) return;
    told.current = answer;
    shopify.toast.show(t('preview.test.sent', { to: answer.to }));
  }, [answer, shopify, t]);
  const send = () =>
    submit(
      { email: 'welcome-1', to: owner ?? '', language, customerId: null },
      { ...JSON_POST, action: '/app/scenarios/welcome/test' },
    );
  return { sending: state !== 'idle', error, send };
}

/** Made once the page is there, and anew when the store was looked at. */
function useFirstEmail(lookedAt: string | null): string | null {
  const { ask, answer } = useAsk<typeof previewAction>();
  const [html, setHtml] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new look at the store makes another e-mail
  useEffect(() => {
    ask('/app/scenarios/welcome/preview', { email: 'welcome-1', customerId: null, language: null });
  }, [ask, lookedAt]);
  useEffect(() => {
    if (answer?.ok) setHtml(answer.mail.html);
  }, [answer]);
  return html;
}
