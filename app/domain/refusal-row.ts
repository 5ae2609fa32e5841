/** One person of a list: what the columns of their row tell, put together. Pure; `pipeline/refusals` reads files by it. */
import { unreachable } from '../lib/invariant';
import { readListedMoment } from './listed-moment';
import { type Clue, type ListReading, type RefusalKind, readAddress } from './refusal-list';

/** What somebody refused, or what became of their address. Nothing of both: the file does not say, the owner will. */
export interface Refusal {
  email: string;
  unsubscribed: boolean;
  suppressed: 'bounced' | 'complained' | null;
  /** When; null where the file does not say. */
  at: Date | null;
}

export const IGNORED = ['no-address', 'not-an-address', 'not-refused', 'unknown-state'] as const;
/** Why a row is passed over: it has no address, it is subscribed (or never was), its state is a word nobody knows. */
export type Ignored = (typeof IGNORED)[number];

export type RowRead = { refusal: Refusal } | { ignored: Ignored };

/** @param now no refusal lies after it */
export function readRow(reading: ListReading, cells: readonly string[], now: Date): RowRead {
  const cell = (cells[reading.address] ?? '').trim();
  if (cell === '') return { ignored: 'no-address' };
  const email = readAddress(cell);
  if (email === null) return { ignored: 'not-an-address' };
  if (reading.clues.length === 0) return { refusal: { email, unsubscribed: false, suppressed: null, at: null } };
  const told = reading.clues.map((clue) => tell(clue, cells, now));
  const isSubscribed = told.some(({ subscribed }) => subscribed);
  const optedIn = reading.optedIn === null ? null : readListedMoment(cells[reading.optedIn] ?? '', now);
  // Who came back is subscribed, whatever the date they once left on still says.
  const cameBack = ({ left, at }: Told) => left && (isSubscribed || (at !== null && optedIn !== null && optedIn > at));
  const said = told.filter((one) => one.kinds.length > 0 && !cameBack(one));
  const kinds = new Set(said.flatMap((one) => one.kinds));
  if (kinds.size === 0) return { ignored: told.some(({ unknown }) => unknown) ? 'unknown-state' : 'not-refused' };
  const suppressed = kinds.has('complained') ? 'complained' : kinds.has('bounced') ? 'bounced' : null;
  // A complaint is a refusal as well; a dead address refuses nothing.
  const unsubscribed = kinds.has('unsubscribed') || kinds.has('complained');
  return { refusal: { email, unsubscribed, suppressed, at: latest(said.map(({ at }) => at)) } };
}

interface Told {
  kinds: RefusalKind[];
  at: Date | null;
  /** A date of leaving, which products keep when somebody comes back. */
  left: boolean;
  /** The state says so itself. */
  subscribed: boolean;
  /** The state is a word that says neither yes nor no. */
  unknown: boolean;
}

function tell(clue: Clue, cells: readonly string[], now: Date): Told {
  const text = (cells[clue.at] ?? '').trim();
  const plain = { left: false, subscribed: false, unknown: false };
  switch (clue.reads) {
    case 'moment':
      return {
        ...plain,
        kinds: isNothing(text) ? [] : [clue.kind],
        at: readListedMoment(text, now),
        left: clue.kind === 'unsubscribed',
      };
    case 'mark':
      return { ...plain, kinds: isYes(text) ? [clue.kind] : [], at: since(clue, cells, now) };
    case 'reason':
      return { ...plain, kinds: kindsIn(text) ?? [], at: since(clue, cells, now) };
    case 'state': {
      const kinds = kindsIn(text);
      const subscribed = SUBSCRIBED.test(words(text));
      return { left: false, subscribed, unknown: kinds === null, kinds: kinds ?? [], at: since(clue, cells, now) };
    }
    default:
      return unreachable(clue);
  }
}

function since(clue: { since: number | null }, cells: readonly string[], now: Date): Date | null {
  return clue.since === null ? null : readListedMoment(cells[clue.since] ?? '', now);
}

function latest(moments: readonly (Date | null)[]): Date | null {
  const known = moments.filter((one) => one !== null);
  return known.length === 0 ? null : new Date(Math.max(...known.map((one) => one.getTime())));
}

function words(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9,]/g, '');
}

const COMPLAINT = /spam|abuse|complain|plainte|indesirable/;
const SOFT = /soft(bounced?)?/g;
const BOUNCE = /bounce|cleaned|invalid|undeliver|rebond|nettoye/;
const LEFT = /unsub|optedout|optout|desinscri|desabonn|blocklist|blacklist|blocked|suppress|revoked|removed/;
const SUBSCRIBED = /^(email)?(re)?(sub|subscribed?|active|confirmed|optedin|optin|abonne|inscrit)$/;
const NEVER = /^(email)?(nonsubscribed|notsubscribed|neversubscribed|pending|unconfirmed|nonabonne|noninscrit)$/;

/** The refusals a text of words names; none where it says there are none; null where it says nothing anybody knows. */
export function kindsIn(text: string): RefusalKind[] | null {
  const plain = words(text);
  if (isNothing(text) || isNo(plain) || SUBSCRIBED.test(plain) || NEVER.test(plain)) return [];
  const hard = plain.replaceAll(SOFT, '');
  const kinds: RefusalKind[] = [
    ...(COMPLAINT.test(hard) ? ['complained' as const] : []),
    ...(BOUNCE.test(hard) ? ['bounced' as const] : []),
    ...(LEFT.test(hard) ? ['unsubscribed' as const] : []),
  ];
  if (kinds.length > 0) return kinds;
  return hard === plain ? null : [];
}

const NOTHING = new Set(['', '-', '–', '[]', '{}', 'null', 'none', 'nan', 'n/a', '0000-00-00 00:00:00', '0000-00-00']);

function isNothing(text: string): boolean {
  return NOTHING.has(text.trim().toLowerCase());
}

function isNo(plain: string): boolean {
  return ['no', 'non', 'false', 'faux', '0', 'n'].includes(plain);
}

function isYes(text: string): boolean {
  const plain = words(text);
  return plain !== '' && !isNothing(text) && !isNo(plain);
}
