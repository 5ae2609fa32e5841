/** One visit of one page in a fresh browser context: what a person meets there, measured inside the app's frame. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Frame, Page } from 'playwright-core';
import { appFrame, findBarriersIn, listenToComplaints } from '../../tests/harness/app-frame';
import { addressOf } from '../admin-pages/address';
import type { AdminPage } from '../admin-pages/catalogue';
import { openContext } from '../local/chromium';
import { projectRoot } from '../local/paths';
import { layoutShift, type Observed, slowestInteraction } from './observed';
import { scriptBytes } from './script-bytes';
import { throwAway, tryPage } from './try-page';

export interface Window {
  width: number;
  height: number;
  language: string;
  locale: string;
}

export interface Visit {
  lcp: number;
  cls: number;
  inp: number;
  scriptBytes: number;
  barriers: string[];
  complaints: string[];
  overflow: number;
  /** For people who mend: what was painted largest, what shifted, what was slow. */
  notes: string[];
}

export interface VisitWish {
  browser: Browser;
  sandboxUrl: string;
  handle: string;
  path: string;
  page: Pick<AdminPage, 'ready' | 'reach' | 'missing'>;
  window: Window;
  purpose: Purpose;
}

/** To see it painted; to use it too; to look for barriers before and after as well, which takes a second each. */
export type Purpose = 'paint' | 'use' | 'search';

const observer = readFileSync(join(projectRoot, 'scripts', 'audit-admin', 'observe.js'), 'utf8');

/** Events are told some time after the frame that shows their effect. */
const UNTIL_TOLD_MS = 120;

/** How much wider the app's document is than its frame, or the frame than the window. */
const overflowOf = (frame: Frame, { width }: Window) =>
  frame.evaluate(
    `Math.max(0, innerWidth - ${width}, document.documentElement.scrollWidth - document.documentElement.clientWidth)`,
  ) as Promise<number>;

export async function visit(wish: VisitWish): Promise<Visit> {
  const { width, height, locale } = wish.window;
  const context = await openContext(wish.browser, { viewport: { width, height }, locale, isMobile: width < 500 });
  try {
    const complaints = listenToComplaints(context);
    const page = await context.newPage();
    const seen = await lookAt(page, wish);
    // A page that is not there says so with its status.
    const wanted = complaints.filter((one) => !(wish.page.missing && one.includes('404')));
    return { ...seen, complaints: wanted };
  } finally {
    await context.close();
  }
}

async function lookAt(
  page: Page,
  { sandboxUrl, handle, path, page: wanted, window, purpose }: VisitWish,
): Promise<Omit<Visit, 'complaints'>> {
  await page.goto(addressOf(sandboxUrl, handle, path), { waitUntil: 'networkidle' });
  const app = page.frameLocator('#app-frame');
  await app.locator('h1').first().waitFor();
  await wanted.ready?.(app);
  const frame = appFrame(page);
  await frame.evaluate(observer);
  const overflows = [await overflowOf(frame, window)];
  const barriers: string[] = [];
  const search = async () => {
    if (purpose === 'search') barriers.push(...(await findBarriersIn(frame)));
  };
  if (purpose !== 'paint') {
    await wanted.reach?.(app, page);
    await search();
    await tryPage(app, page);
    overflows.push(await overflowOf(frame, window));
    await search();
  }
  await wait(UNTIL_TOLD_MS);
  const observed = (await frame.evaluate('globalThis.relanceAudit')) as Observed;
  const slow = slowestInteraction(observed);
  const bytes = await scriptBytes(frame);
  if (purpose !== 'paint') await throwAway(page);
  return {
    lcp: observed.lcp,
    cls: layoutShift(observed.shifts),
    inp: slow.ms,
    scriptBytes: bytes,
    barriers: [...new Set(barriers)],
    overflow: Math.max(...overflows),
    notes: [
      `${Math.round(observed.lcp)} ms: ${observed.moments}`,
      `largest: ${observed.largest}`,
      ...observed.shifts.map(({ at, value, what }) => `shift of ${value.toFixed(3)} at ${Math.round(at)} ms: ${what}`),
      `slowest: ${slow.ms} ms ${slow.what}`,
    ],
  };
}
