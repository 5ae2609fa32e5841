/** What the owner changed on the settings page beside what is saved, and its saving. Used by the settings route. */
import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PostalAddress, ShopSettings } from '../domain/shop';
import type { FieldError } from '../scenarios/overlay';
import { changesOf, follow, type SettingsForm, toForm } from '../ui/settings-form';
import type { action } from './app.settings';
import { isFailed, useFailureToast } from './tolerant-action';

export interface SettingsFormState {
  form: SettingsForm;
  dirty: boolean;
  saving: boolean;
  /** What the last attempt to save was refused for. */
  refused: FieldError[];
  change(change: Partial<SettingsForm>): void;
  save(): void;
  discard(): void;
}

/** @param shopAddress the one from Shopify, shown until the owner writes another */
export function useSettingsForm(settings: ShopSettings, shopAddress: PostalAddress | null): SettingsFormState {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const { data, state, submit } = useFetcher<typeof action>();
  const saved = toForm(settings, shopAddress);
  const [form, setForm] = useState(saved);
  const [before, setBefore] = useState(saved);
  const [sent, setSent] = useState(saved);
  const [heard, setHeard] = useState<unknown>(undefined);
  const [refused, setRefused] = useState<FieldError[]>([]);
  useFailureToast(data);
  // Somebody saved, here or elsewhere.
  if (!same(before, saved)) {
    setBefore(saved);
    setForm(follow(form, before, saved));
  }
  // What was sent is shown as it is kept (no space at its end); what was written since stays.
  if (state === 'idle' && data !== heard) {
    setHeard(data);
    if (data && !isFailed(data) && data.ok) setForm(follow(form, sent, saved));
  }
  useEffect(() => {
    if (state !== 'idle' || !data || isFailed(data)) return;
    setRefused(data.ok ? [] : data.errors);
    if (data.ok) shopify.toast.show(t('common.saved'));
  }, [data, state, shopify, t]);
  return {
    ...{ form, refused },
    dirty: !same(form, saved),
    saving: state !== 'idle',
    change: (change) => setForm({ ...form, ...change }),
    save: () => {
      setSent(form);
      const body = JSON.parse(JSON.stringify({ settings: changesOf(form, saved, shopAddress) }));
      submit(body, { method: 'post', encType: 'application/json' });
    },
    discard: () => {
      setForm(saved);
      setRefused([]);
    },
  };
}

const same = (one: SettingsForm, other: SettingsForm) => JSON.stringify(one) === JSON.stringify(other);
