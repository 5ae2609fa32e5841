/** Visits every page of the catalogue in every window, again and again, and hands out a line for each. Used by `npm run audit:admin`. */
import type { Browser } from 'playwright-core';
import { ADMIN_PAGES, type AdminPage } from '../admin-pages/catalogue';
import type { Stores } from '../admin-pages/stores';
import { EMPTY_PAGE } from './empty-page';
import type { AuditLine } from './limits';
import { type Purpose, type Visit, visit, type Window } from './visit';

const WINDOWS: readonly Window[] = [
  { width: 1280, height: 900, language: 'en', locale: 'en-US' },
  { width: 390, height: 844, language: 'en', locale: 'en-US' },
  { width: 1280, height: 900, language: 'fr', locale: 'fr-FR' },
  { width: 390, height: 844, language: 'fr', locale: 'fr-FR' },
];

/** Each page is used this many times; the first also looks for barriers. */
const USES = 3;
/** Its painting is looked at this many times: in what is used after the first time, and in visits that do nothing else. */
const PAINTINGS = 9;
/** The empty page is visited as often as the machine's mood may change. */
const PAGES_PER_EMPTY = 3;

export interface AuditWish {
  browser: Browser;
  sandboxUrl: string;
  stores: Stores;
  /** Names of pages, or how they begin; all when empty. */
  pages: readonly string[];
  width: number | undefined;
  language: string | undefined;
  onLine(line: AuditLine, visits: readonly Visit[]): void;
}

const isAsked = (asked: readonly string[]) => (page: AdminPage) =>
  asked.length === 0 ||
  asked.some((name) => page.name === name || (name.endsWith('*') && page.name.startsWith(name.slice(0, -1))));

export async function audit(wish: AuditWish): Promise<void> {
  const { width, language } = wish;
  const windows = WINDOWS.filter(
    (one) => (width ?? one.width) === one.width && (language ?? one.language) === one.language,
  );
  for (const window of windows) await auditIn(window, wish);
}

async function auditIn(window: Window, wish: AuditWish): Promise<void> {
  const { browser, sandboxUrl, stores } = wish;
  const pages = ADMIN_PAGES.filter(isAsked(wish.pages));
  const look = (page: AdminPage, purpose: Purpose) =>
    visit({
      browser,
      sandboxUrl,
      handle: stores.handles[page.store],
      path: typeof page.path === 'string' ? page.path : page.path(stores),
      page,
      window,
      purpose,
    });
  const empty: AdminPage = { name: EMPTY_PAGE, store: 'lively', path: EMPTY_PAGE };
  // A first visit pays for what browser and server start, read and compile late: it counts for nobody's painting.
  await look(empty, 'paint');
  const visits: PageVisits[] = [];
  for (const page of pages) visits.push({ page, used: [await look(page, 'search')], painted: [] });
  const empties: Visit[] = [];
  for (let round = 0; round < PAINTINGS; round += 1) {
    for (const [index, { page, used, painted }] of visits.entries()) {
      if (index % PAGES_PER_EMPTY === 0) empties.push(await look(empty, 'paint'));
      const purpose = used.length < USES ? 'use' : 'paint';
      const seen = await look(page, purpose);
      painted.push(seen);
      if (purpose === 'use') used.push(seen);
    }
  }
  for (const of of visits) wish.onLine(lineOf(of, window, empties), [...new Set([...of.used, ...of.painted])]);
}

interface PageVisits {
  page: AdminPage;
  /** Count for everything but painting. */
  used: Visit[];
  painted: Visit[];
}

function lineOf(
  { page, used, painted }: PageVisits,
  { width, language }: Window,
  empties: readonly Visit[],
): AuditLine {
  const all = (pick: (visit: Visit) => string[]) => new Set([...used, ...painted].flatMap(pick)).size;
  return {
    page: page.name,
    width,
    language,
    lcp: Math.round(median(painted.map(({ lcp }) => lcp))),
    lcpEmptyPage: Math.round(median(empties.map(({ lcp }) => lcp))),
    cls: Number(median(used.map(({ cls }) => cls)).toFixed(4)),
    inp: Math.round(median(used.map(({ inp }) => inp))),
    jsKb: Math.round(Math.max(...used.map(({ scriptBytes }) => scriptBytes)) / 100) / 10,
    axeViolations: all(({ barriers }) => barriers),
    consoleErrors: all(({ complaints }) => complaints),
    overflowX: Math.max(...used.map(({ overflow }) => overflow)),
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
