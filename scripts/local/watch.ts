/** Watches source folders for `npm run dev`; a burst of changes counts as one, and work on one change is never doubled. */
import { watch } from 'node:fs';
import { join, sep } from 'node:path';
import { projectRoot } from './paths';

/** Editors write a file in several steps; a checkout touches many. */
const QUIET_MS = 300;

/**
 * @param folders below the project root
 * @param onChange gets the folders in which something changed; changes during its work come in the next call
 * @returns stops watching
 */
export function watchFolders(
  folders: readonly string[],
  onChange: (changed: Set<string>) => Promise<void>,
): () => void {
  let changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let busy = false;
  const work = async () => {
    if (busy || changed.size === 0) return;
    busy = true;
    const batch = changed;
    changed = new Set();
    await onChange(batch).finally(() => {
      busy = false;
    });
    await work();
  };
  const note = (folder: string, file: string | null) => {
    if (file?.includes('.test.') || file?.split(sep).some((part) => part.startsWith('.'))) return;
    changed.add(folder);
    clearTimeout(timer);
    timer = setTimeout(() => void work(), QUIET_MS);
  };
  const watchers = folders.map((folder) =>
    watch(join(projectRoot, folder), { recursive: true }, (_event, file) => note(folder, file)),
  );
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
