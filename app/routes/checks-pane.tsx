/** The checks at work on a scenario's page: reads them, has the web looked at where something is new, and follows a look under way. Used by the scenario route. */
import { useFetcher } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import type { ScenarioKey } from '../domain/scenario';
import { ChecksCard, type EmailPlace } from '../ui/checks-card';
import { useReveal } from '../ui/section-wish';
import type { action, loader } from './app.scenarios.$key.checks';
import { isFailed, useFailureToast } from './tolerant-action';

export interface ChecksPaneProps {
  scenario: ScenarioKey;
  /** How often the switch was tried in vain: each time the checks open and come into sight. */
  refusals: number;
  onPlace(place: EmailPlace): void;
}

const POLL_MS = 1500;

export function ChecksPane({ scenario, refusals, onPlace }: ChecksPaneProps) {
  const door = `/app/scenarios/${scenario}/checks`;
  const { load, data, state } = useFetcher<typeof loader>();
  const asking = useFetcher<typeof action>();
  useFailureToast(asking.data);
  const reveal = useReveal();
  useEffect(() => load(door), [load, door]);
  useEffect(() => {
    if (refusals > 0) reveal('checks');
  }, [refusals, reveal]);
  const checks = data && !isFailed(data) ? data : null;
  const looking = (checks?.looking ?? false) || asking.state !== 'idle';
  const look = () => asking.submit({}, { method: 'post', encType: 'application/json', action: door });
  useAskedOnce(checks && !looking ? checks.unseen : null, look);
  useEffect(() => {
    if (!checks?.looking || state !== 'idle') return;
    const timer = setTimeout(() => load(door), POLL_MS);
    return () => clearTimeout(timer);
  }, [checks, state, load, door]);
  return (
    <ChecksCard
      findings={checks?.findings ?? null}
      lookedAt={checks?.lookedAt ?? null}
      looking={looking}
      failed={isFailed(data)}
      inTheWay={refusals > 0 && (checks?.findings.some(({ level }) => level === 'mend') ?? false)}
      onLook={look}
      onPlace={onPlace}
    />
  );
}

/** Has a look made for whatever was never looked at; once for the same, whatever comes of it. */
function useAskedOnce(unseen: string | null, look: () => void): void {
  const asked = useRef<string | null>(null);
  useEffect(() => {
    if (unseen === null || asked.current === unseen) return;
    asked.current = unseen;
    look();
  });
}
