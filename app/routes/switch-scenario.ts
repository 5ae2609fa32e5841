/** The switch of a scenario: at once, with a way back. Shared by the list and the scenario's own page. */
import type { FetcherWithComponents } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CheckFinding } from '../domain/check-finding';
import type { Resumed } from '../domain/release';
import type { ScenarioKey } from '../domain/scenario';
import { useHeld } from '../ui/use-held';

export interface InTheWay {
  key: ScenarioKey;
  findings: CheckFinding[];
}

export interface Switched {
  switched: { key: ScenarioKey; on: boolean; held: Resumed | null };
}

/** What stood in the way of the last try to switch on, once that was answered; null where nothing did. */
export function inTheWayOf({ data, state }: FetcherWithComponents<unknown>): InTheWay | null {
  const isRefused = state === 'idle' && typeof data === 'object' && data !== null && 'inTheWay' in data;
  return isRefused ? (data.inTheWay as InTheWay) : null;
}

/** How often a switch was tried in vain since the page opened. */
export function useRefusals(fetcher: FetcherWithComponents<unknown>): number {
  const [refusals, setRefusals] = useState(0);
  const refused = inTheWayOf(fetcher);
  useEffect(() => {
    if (refused) setRefusals((before) => before + 1);
  }, [refused]);
  return refusals;
}

/** Where a switch under way is going, before the server answered. */
export function goingTo({ json }: FetcherWithComponents<unknown>): { key: ScenarioKey; on: boolean } | null {
  if (typeof json !== 'object' || json === null) return null;
  const asked: Record<string, unknown> = { ...json };
  return asked.intent === 'switch' ? { key: asked.key as ScenarioKey, on: asked.on === true } : null;
}

/** Submits the switch, and once it is done tells so with an Undo that switches back. */
export function useSwitchToast(fetcher: FetcherWithComponents<unknown>): (key: ScenarioKey, on: boolean) => void {
  const shopify = useAppBridge();
  const { t } = useTranslation();
  const { resumed } = useHeld();
  const told = useRef<unknown>(undefined);
  const { submit } = fetcher;
  const toggle = useCallback(
    (key: ScenarioKey, on: boolean) => {
      submit({ intent: 'switch', key, on }, { method: 'post', encType: 'application/json' });
    },
    [submit],
  );
  const { data, state } = fetcher;
  useEffect(() => {
    if (state !== 'idle' || !isSwitched(data) || told.current === data) return;
    told.current = data;
    const { key, on, held } = data.switched;
    const name = t(`scenarios.${key}.name`);
    shopify.toast.show(resumed(t(on ? 'scenarios.switchedOn' : 'scenarios.switchedOff', { name }), held), {
      action: t('common.undo'),
      onAction: () => toggle(key, !on),
    });
  }, [data, state, shopify, t, toggle, resumed]);
  return toggle;
}

function isSwitched(data: unknown): data is Switched {
  return typeof data === 'object' && data !== null && 'switched' in data;
}
