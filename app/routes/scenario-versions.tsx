/** Earlier versions of a scenario: read when asked for, looked at in the place of the map, taken into the draft. Used by the workbench. */
import { useEffect, useState } from 'react';
import type { SavedScenario } from '../ui/scenario-draft';
import { VersionsCard } from '../ui/versions-card';
import type { loader } from './app.scenarios.$key.versions';
import { useFailureToast } from './tolerant-action';
import { useAsk } from './use-ask';

export interface Versions {
  list: ReturnType<typeof listOf>;
  open(): void;
  /** The version that is looked at. */
  looked: { at: string; saved: SavedScenario } | null;
  look(revision: number): void;
  close(): void;
  /** Reads a version to put it into the draft. */
  restore(revision: number, take: (version: SavedScenario) => void): void;
}

type Answer = ReturnType<typeof useAsk<typeof loader>>['answer'];

const listOf = (data: Answer) => (data && 'versions' in data ? (data.versions ?? null) : null);
const versionOf = (data: Answer) => (data && 'version' in data ? (data.version ?? null) : null);

/** @param revision of what is live: with another one the list is read anew */
export function useVersions(key: string, revision: number): Versions {
  const list = useAsk<typeof loader>();
  const one = useAsk<typeof loader>();
  useFailureToast(list.failed);
  useFailureToast(one.failed);
  const [wanted, setWanted] = useState<number | null>(null);
  const [taking, setTaking] = useState<{ revision: number; take(version: SavedScenario): void } | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const address = `/app/scenarios/${key}/versions`;
  const readList = list.ask;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another revision is what there is something new to read for
  useEffect(() => {
    if (isOpen) readList(address);
  }, [isOpen, address, revision, readList]);
  const found = versionOf(one.answer);
  const looked = wanted !== null && found?.revision === wanted ? found : null;
  useEffect(() => {
    if (!taking || found?.revision !== taking.revision) return;
    taking.take(found.saved as SavedScenario);
    setTaking(null);
  }, [taking, found]);
  // What could not be read is not put into the draft by a later look at it.
  useEffect(() => {
    if (one.failed) setTaking(null);
  }, [one.failed]);
  const read = (revision: number) => one.ask(`${address}?${new URLSearchParams({ revision: String(revision) })}`);
  return {
    list: listOf(list.answer),
    open: () => setIsOpen(true),
    looked: looked && { at: looked.at, saved: looked.saved as SavedScenario },
    look: (revision) => {
      setWanted(revision);
      read(revision);
    },
    close: () => setWanted(null),
    restore: (revision, take) => {
      setTaking({ revision, take });
      read(revision);
    },
  };
}

export function EarlierVersions({ versions, onTake }: { versions: Versions; onTake(version: SavedScenario): void }) {
  return (
    <VersionsCard
      versions={versions.list}
      onOpen={versions.open}
      onLook={versions.look}
      onRestore={(revision) => versions.restore(revision, onTake)}
    />
  );
}
