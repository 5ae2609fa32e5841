/** Takes the pictures of one run; called by `scripts/screenshots.ts` with a running stack and its stores. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { untilAwake } from '../../tests/harness/app-frame';
import { addressOf } from '../admin-pages/address';
import type { AdminPage } from '../admin-pages/catalogue';
import type { Stores } from '../admin-pages/stores';
import { launchBrowser, openContext } from '../local/chromium';
import { projectRoot } from '../local/paths';
import type { Progress } from '../local/progress';
import { pagesIn, type ScreenshotPage } from './pages';
import { saveAsWebp } from './webp';

/** Desktop, and a phone as Shopify's mobile admin shows it. */
const WIDTHS = [
  { name: 'desktop', viewport: { width: 1280, height: 900 }, isMobile: false },
  { name: 'phone', viewport: { width: 390, height: 844 }, isMobile: true },
] as const;

const LANGUAGES = [
  { name: 'en', locale: 'en-US' },
  { name: 'fr', locale: 'fr-FR' },
] as const;

/** Higher than any page: what a person would scroll to is on the picture too. */
const MOST_HEIGHT = 6000;

export interface ScreenshotWish {
  sandboxUrl: string;
  stores: Stores;
  folder?: string;
  /** Whole pages instead of what a window shows at first. */
  whole: boolean;
  /** How their names begin; all when absent. */
  only?: string;
}

const FOLDER = join(projectRoot, 'docs', 'screenshots');

async function open(page: Page, { sandboxUrl, stores }: ScreenshotWish, wanted: ScreenshotPage): Promise<void> {
  if ('outside' in wanted) {
    await page.goto(`${sandboxUrl}${wanted.outside}`, { waitUntil: 'networkidle' });
    return;
  }
  const path = typeof wanted.path === 'string' ? wanted.path : wanted.path(stores);
  await page.goto(addressOf(sandboxUrl, stores.handles[wanted.store], path), { waitUntil: 'networkidle' });
  await bring(page, wanted);
}

/** To the state that is wanted. */
async function bring(page: Page, wanted: AdminPage): Promise<void> {
  const app = page.frameLocator('#app-frame');
  await untilAwake(page);
  await wanted.ready?.(app);
  await wanted.reach?.(app, page);
}

/** Makes the window as high as the app's page, which scrolls inside its frame. */
async function growToPage(page: Page): Promise<void> {
  const size = page.viewportSize();
  const frame = page.frame({ name: 'app-iframe' });
  if (!size || !frame) return;
  const hidden = (await frame.evaluate('document.documentElement.scrollHeight - innerHeight')) as number;
  if (hidden <= 0) return;
  await page.setViewportSize({ ...size, height: Math.min(MOST_HEIGHT, size.height + hidden) });
  // Frames within the frame are painted after it.
  await frame.evaluate('new Promise((shown) => setTimeout(() => requestAnimationFrame(shown), 300))');
}

async function takeOne(
  context: BrowserContext,
  wish: ScreenshotWish,
  shot: { wanted: ScreenshotPage; file: string },
): Promise<void> {
  const page = await context.newPage();
  await open(page, wish, shot.wanted);
  if (wish.whole) await growToPage(page);
  await saveAsWebp(context, await page.screenshot({ animations: 'disabled' }), shot.file);
  await page.close();
}

/** All pages at both widths in both languages into `<folder>/<name>-<width>-<language>.webp`. */
export async function takeScreenshots(wish: ScreenshotWish, progress: Progress): Promise<void> {
  const { folder = FOLDER, only = '' } = wish;
  mkdirSync(folder, { recursive: true });
  const browser: Browser = await launchBrowser();
  const missed: string[] = [];
  try {
    for (const { name: width, ...screen } of WIDTHS) {
      for (const { name: language, locale } of LANGUAGES) {
        const context = await openContext(browser, { ...screen, locale, deviceScaleFactor: 1 });
        for (const wanted of pagesIn(language).filter(({ name }) => name.startsWith(only))) {
          const file = join(folder, `${wanted.name}-${width}-${language}.webp`);
          const title = `${wanted.name}, ${width}, ${language}`;
          // One page that does not come takes nothing from the others.
          await progress(title, () => takeOne(context, wish, { wanted, file })).catch((error: Error) =>
            missed.push(`${title}: ${error.message}`),
          );
        }
        await context.close();
      }
    }
  } finally {
    await browser.close();
  }
  if (missed.length > 0) throw new Error(`Not taken:\n${missed.join('\n')}`);
}
