/**
 * Lists of people who must not get e-mails, as other products export them: which one wrote a file, and which of its columns tell what.
 * Pure; `pipeline/refusals` reads files by it.
 *
 * The columns are those the products document, or write:
 * - Klaviyo, list or segment export (help.klaviyo.com articles 115005078687 and 115005246108): `Email`, `Klaviyo ID`,
 *   `Email Marketing Consent` (SUBSCRIBED, UNSUBSCRIBED, NEVER_SUBSCRIBED) with its `Timestamp`, and `Email Suppressions` with the reasons
 *   of the API's `EmailMarketingSuppression`: HARD_BOUNCE, INVALID_EMAIL, SPAM_COMPLAINT, UNSUBSCRIBE, USER_SUPPRESSED.
 * - Mailchimp, audience export (mailchimp.com/help/view-export-contacts): a file per state. All have `Email Address`, `MEMBER_RATING`,
 *   `LEID` and `EUID`; unsubscribed ones `UNSUB_TIME` and `UNSUB_REASON`, cleaned ones (bounced) `CLEAN_TIME`, subscribed ones neither.
 * - Brevo, contact export (developers.brevo.com/reference/request-contact-export): `EMAIL`, `ADDED_TIME`, `MODIFIED_TIME`, `_listIds` and the
 *   subscription status `email_marketing`; blocked recipients (reference/get-transac-blocked-contacts) a `reason`: hardBounce,
 *   contactFlaggedAsSpam, unsubscribedViaEmail, adminBlocked …
 * - Omnisend, contact export (support.omnisend.com articles 4234735 and 4219894): `Email` with its opt-in and opt-out dates and its status
 *   (subscribed, nonSubscribed, unsubscribed). The opt-out date stays when somebody subscribes again.
 * What is not documented is found by what its name says, so a file of another product is read as well.
 */

export const LIST_SOURCES = ['klaviyo', 'omnisend', 'mailchimp', 'brevo', 'other'] as const;
export type ListSource = (typeof LIST_SOURCES)[number];

export const REFUSAL_KINDS = ['unsubscribed', 'bounced', 'complained'] as const;
export type RefusalKind = (typeof REFUSAL_KINDS)[number];

/** What a column tells, by its place in the record. */
export type Clue =
  /** Words: a state, or the reasons somebody is left out. Those of a state decide; a reason nobody knows says nothing. */
  | { reads: 'state' | 'reason'; at: number; since: number | null }
  /** Yes or no. */
  | { reads: 'mark'; at: number; kind: RefusalKind; since: number | null }
  /** When it happened; empty where it did not. */
  | { reads: 'moment'; at: number; kind: RefusalKind };

export interface ListReading {
  source: ListSource;
  address: number;
  clues: Clue[];
  /** When somebody subscribed: later than they unsubscribed, they came back. */
  optedIn: number | null;
  /** The file begins with people at once: its first line names no columns. */
  headless: boolean;
  /** The columns read, as the file names them. */
  columns: string[];
}

export type ListFault =
  /** No column holds addresses; these are the ones there are. */
  | { code: 'no-address-column'; columns: string[] }
  /** Mailchimp's file of those who are subscribed. */
  | { code: 'subscribed-list' }
  /** Shopify's own customers: their consent is known. */
  | { code: 'shopify-list' }
  | { code: 'empty' };

/** A column's name without what people and products write differently: case, accents, spaces, underscores. */
function plain(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');
}

const ADDRESS = ['email', 'emailaddress', 'adresseemail', 'adressemail', 'adressedemessagerie', 'courriel', 'mail'];

/** Names only this product writes. */
const MARKS: Record<Exclude<ListSource, 'other'>, string[]> = {
  klaviyo: ['klaviyoid', 'emailmarketingconsent', 'emailmarketingconsenttimestamp', 'emailsuppressions'],
  mailchimp: ['leid', 'euid', 'memberrating', 'unsubtime', 'cleantime', 'unsubcampaigntitle', 'cleancampaigntitle'],
  brevo: [
    'addedtime',
    'modifiedtime',
    'listids',
    'emailmarketing',
    'blocklisted',
    'emailblocklisted',
    'emailblacklisted',
  ],
  omnisend: [
    'emailoptindate',
    'emailoptoutdate',
    'emailchannelstatus',
    'omnisendid',
    'smsoptoutdate',
    'emailstatusdate',
  ],
};

const STATE =
  /^(email(marketing|channel|subscription)?(consent|status|state)?|subscription(status|state)?|status|state|statut|etat|abonnement)$/;
const REASON =
  /^(email)?(suppressions?|suppressionreasons?|reason|raison|motif|unsub(scribe|scription)?reason|optoutreason|blo?ck?liste?d?reason|bouncetype|blockreason)$/;
const MARK: Record<RefusalKind, RegExp> = {
  unsubscribed:
    /^(email)?(is)?(unsubscribed|optedout|optout|blocklisted|blacklisted|suppressed|desinscrit|desabonne)(email)?$/,
  bounced: /^(email)?(is)?(hard)?bounced?(email)?$/,
  complained: /^(email)?(is)?(complained|complaint|spam|markedasspam)(email)?$/,
};
const MOMENT: Record<RefusalKind, RegExp> = {
  unsubscribed:
    /^(email)?(unsub(scribe|scribed|scription)?|optout|optedout|suppressed|blocklisted|blacklisted|blocked|desinscription)(time|date|at|le|on)$/,
  bounced: /^(email)?(clean|cleaned|bounced?|hardbounce)(time|date|at)$/,
  complained: /^(email)?(complaint|complained|spam|abuse)(time|date|at)$/,
};
const OPTED_IN = /^(email)?(optin|optedin|subscribed?|confirm)(time|date|at)$/;

/**
 * Which product wrote a file, and what its columns tell.
 * @param first the first record: names of columns, or, in a bare list of addresses, the first person
 */
export function readColumns(first: readonly string[]): ListReading | ListFault {
  if (first.every((cell) => cell.trim() === '')) return { code: 'empty' };
  const bare = first.findIndex((cell) => readAddress(cell) !== null);
  if (bare !== -1) {
    return { source: 'other', address: bare, clues: [], optedIn: null, headless: true, columns: [] };
  }
  const names = first.map(plain);
  if (names.includes('acceptsemailmarketing') && names.includes('totalspent')) return { code: 'shopify-list' };
  const source = sourceOf(names);
  const address = ADDRESS.map((name) => names.indexOf(name)).find((at) => at !== -1);
  if (address === undefined) return { code: 'no-address-column', columns: first.map((name) => name.trim()) };
  const clues = names.flatMap((name, at) => (at === address ? [] : clueOf(names, name, at)));
  if (source === 'mailchimp' && clues.length === 0) return { code: 'subscribed-list' };
  const optedIn = names.findIndex((name) => OPTED_IN.test(name));
  const used = [address, ...clues.map(({ at }) => at)];
  return {
    ...{ source, address, clues, optedIn: optedIn === -1 ? null : optedIn, headless: false },
    columns: used.map((at) => (first[at] ?? '').trim()),
  };
}

function sourceOf(names: readonly string[]): ListSource {
  const counted = Object.entries(MARKS).map(([source, marks]) => ({
    source: source as keyof typeof MARKS,
    count: marks.filter((mark) => names.includes(mark)).length,
  }));
  const best = counted.reduce((a, b) => (b.count > a.count ? b : a));
  return best.count > 0 ? best.source : 'other';
}

function clueOf(names: readonly string[], name: string, at: number): Clue[] {
  const since = sinceOf(names, name);
  if (STATE.test(name)) return [{ reads: 'state', at, since }];
  if (REASON.test(name)) return [{ reads: 'reason', at, since }];
  for (const kind of REFUSAL_KINDS) {
    if (MOMENT[kind].test(name)) return [{ reads: 'moment', at, kind }];
    if (MARK[kind].test(name)) return [{ reads: 'mark', at, kind, since }];
  }
  return [];
}

/** The column that says since when another holds. */
function sinceOf(names: readonly string[], name: string): number | null {
  const at = ['timestamp', 'date', 'time', 'updatedat', 'at']
    .map((end) => names.indexOf(name + end))
    .find((i) => i !== -1);
  if (at !== undefined) return at;
  // Lists of suppressions have but one moment each.
  const only = ['timestamp', 'blockedat', 'created', 'suppressedat']
    .map((one) => names.indexOf(one))
    .find((i) => i !== -1);
  return only ?? null;
}

const ADDRESS_FORM = /^[^\s@"<>(),;:\\[\]]{1,64}@[^\s@"<>(),;:\\[\]_]+\.[^\s@"<>(),;:\\[\].]{2,}$/;

/** The address in a cell, as its owner would write it; null where there is none. Spreadsheets put `'` before, programs `mailto:`. */
export function readAddress(cell: string): string | null {
  const text = cell
    .trim()
    .replace(/^'/, '')
    .replace(/^mailto:/i, '')
    .replace(/^<(.*)>$/, '$1')
    .trim();
  return text.length <= 254 && ADDRESS_FORM.test(text) ? text : null;
}
