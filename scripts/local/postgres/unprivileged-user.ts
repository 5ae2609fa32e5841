/** Postgres refuses to run as root: says which other user of this machine runs it; used by `postgres/server.ts`. */
import { readFileSync } from 'node:fs';

/** The numeric ids a process is started with. */
export interface UserIds {
  uid: number;
  gid: number;
}

/** Users in the order we like them; `nobody` is there on practically every Unix. */
const PREFERRED = ['postgres', 'nobody', 'daemon'];

/**
 * Picks from the text of `/etc/passwd`: a preferred user, else the first one that is not root. No user is created:
 * that would need `useradd` and leave a trace on the machine.
 */
export function pickUser(passwd: string): UserIds | undefined {
  const users = passwd.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    return name && Number(uid) > 0 && Number(gid) > 0 ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
  const preferred = PREFERRED.map((name) => users.find((user) => user.name === name)).find((user) => user);
  const user = preferred ?? users[0];
  return user && { uid: user.uid, gid: user.gid };
}

/** The user to run Postgres as when this process is root, undefined when it is not (then it runs as ourselves). */
export function unprivilegedUser(): UserIds | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const user = pickUser(readFileSync('/etc/passwd', 'utf8'));
  if (user) return user;
  throw new Error(
    'Postgres does not run as root and /etc/passwd names no other user. Run as an ordinary user, or add one.',
  );
}
