/** A merchant's browser at the admin: opens the app in its frame and notes everything the console complains about. */
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, expect } from 'vitest';
import { appFrame, findBarriersIn, listenToComplaints, untilAwake } from '../harness/app-frame';
import type { Store } from '../harness/store';
import { launchBrowser, openContext } from '../setup/browser';
import { runningStack } from '../setup/stack';

export interface AdminWindow {
  page: Page;
  /** The app's own document. */
  app: FrameLocator;
  /** What went wrong so far: console errors and warnings, uncaught errors, requests that failed. */
  complaints: string[];
  /** Goes to one of the app's pages as a person who types its address. */
  visit(path?: string): Promise<void>;
  /** What axe finds against WCAG 2 A and AA in the app's document: `rule: element`. */
  barriers(): Promise<string[]>;
  /** How much wider the app's document is than its window. */
  overflow(): Promise<number>;
}

export { findBarriersIn };

export const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };

let browser: Promise<Browser> | null = null;

afterAll(async () => {
  await (await browser)?.close();
  browser = null;
});

export interface WindowWish {
  language?: 'fr' | 'en';
  viewport?: { width: number; height: number };
  /** Of another stack than the one all tests share. */
  sandboxUrl?: string;
}

/** Opens a window of its own; the last test of the file closes all. */
export async function openAdmin(store: Pick<Store, 'domain'>, wish: WindowWish = {}): Promise<AdminWindow> {
  const { language = 'en', viewport = DESKTOP, sandboxUrl = runningStack().sandboxUrl } = wish;
  browser ??= launchBrowser();
  const locale = language === 'fr' ? 'fr-FR' : 'en-US';
  const context = await openContext(await browser, { viewport, locale, isMobile: viewport.width < 500 });
  const page = await context.newPage();
  const handle = store.domain.replace('.myshopify.com', '');
  const home = `${sandboxUrl}/admin/store/${handle}/apps/relance`;
  const app = page.frameLocator('#app-frame');
  const complaints = listenToComplaints(context);
  return {
    page,
    app,
    complaints,
    async visit(path = '') {
      await page.goto(`${home}${path && `/${path}`}`, { waitUntil: 'networkidle' });
      await untilAwake(page);
    },
    barriers: () => findBarriersIn(appFrame(page)),
    overflow: () => app.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth),
  };
}

/** Waits until `read` gives what is expected, as a person waits for a page: five seconds at most. */
export async function eventually<T>(read: () => Promise<T>, expected: T): Promise<void> {
  await expect.poll(read, { timeout: 5000 }).toEqual(expected);
}
