/** Deletes the local data of a profile, so that the next start is a first one; nothing may be using them. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { LOCK_FILE } from './lock';
import { profileDir } from './paths';
import { removeCluster } from './postgres/cluster';

/** Everything but the lock, which the caller may hold. */
export async function resetProfile(profile: string): Promise<void> {
  await removeCluster(profile);
  const dir = profileDir(profile);
  for (const name of existsSync(dir) ? readdirSync(dir) : []) {
    if (name !== LOCK_FILE) rmSync(join(dir, name), { recursive: true, force: true });
  }
}

/** Everything, folder and all. */
export async function removeProfile(profile: string): Promise<void> {
  await removeCluster(profile);
  rmSync(profileDir(profile), { recursive: true, force: true });
}
