/** The checks at work on a scenario's page: reads them, has the web looked at where something is new, and follows a look under way. Used by the scenario route. */
import { useEffect, useRef } from 'react';
import type { ScenarioKey } from '../domain/scenario';
import { ChecksCard, type EmailPlace } from '../ui/checks-card';
import { useReveal } from '../ui/section-wish';
import type { loader } from './app.scenarios.$key.checks';
import { useAsk } from './use-ask';

export interface ChecksPaneProps {
  scenario: ScenarioKey;
  /** Of what is live: with another one the checks are read anew. */
  revision: number;
  on: boolean;
  /** How often the switch was tried in vain: each time the checks open and come into sight. */
  refusals: number;
  onPlace(place: EmailPlace): void;
}

const POLL_MS = 1500;

export function ChecksPane({ scenario, revision, on, refusals, onPlace }: ChecksPaneProps) {
  const door = `/app/scenarios/${scenario}/checks`;
  const { ask, answer: checks, failed, busy, sending } = useAsk<typeof loader>();
  const reveal = useReveal();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is saved or switched is what is checked
  useEffect(() => ask(door), [ask, door, revision, on]);
  useEffect(() => {
    if (refusals > 0) reveal('checks');
  }, [refusals, reveal]);
  const looking = (checks?.looking ?? false) || sending;
  const look = () => ask(door, {});
  useAskedOnce(checks && !looking ? checks.unseen : null, look);
  useEffect(() => {
    if (!checks?.looking || busy) return;
    const timer = setTimeout(() => ask(door), POLL_MS);
    return () => clearTimeout(timer);
  }, [checks, busy, ask, door]);
  return (
    <ChecksCard
      findings={checks?.findings ?? null}
      lookedAt={checks?.lookedAt ?? null}
      looking={looking}
      failed={failed !== null}
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
