/** Takes the pictures of one run; called by `scripts/screenshots.ts` with a running stack. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openContext } from '../local/chromium';
import { projectRoot } from '../local/paths';
import type { Progress } from '../local/progress';
import type { StackAddresses } from '../local/stack';
import { type Life, liveSomeDays } from './life';
import { PAGES, type ScreenshotPage, SHOP } from './pages';

/** Desktop, and a phone as Shopify's mobile admin shows it. */
const WIDTHS = [
  { name: 'desktop', viewport: { width: 1280, height: 900 }, isMobile: false },
  { name: 'phone', viewport: { width: 390, height: 844 }, isMobile: true },
] as const;

const LANGUAGES = [
  { name: 'en', locale: 'en-US' },
  { name: 'fr', locale: 'fr-FR' },
] as const;

const folder = join(projectRoot, 'docs', 'screenshots');

function address(sandboxUrl: string, path: string): string {
  if (!path.startsWith('app:')) return `${sandboxUrl}${path}`;
  return `${sandboxUrl}/admin/store/${SHOP}/apps/relance/${path.slice('app:'.length)}`;
}

interface Shot {
  stack: StackAddresses;
  life: Life;
  wanted: ScreenshotPage;
  file: string;
}

async function takeOne(page: Page, { stack, life, wanted, file }: Shot): Promise<void> {
  const path = typeof wanted.path === 'string' ? wanted.path : wanted.path(life);
  const response = await page.goto(address(stack.sandboxUrl, path), { waitUntil: 'networkidle' });
  if (!response?.ok()) throw new Error(`${wanted.name}: ${response?.status() ?? 'no answer'}`);
  const app = page.frameLocator('#app-frame');
  if (path.startsWith('app:')) await app.locator('h1').first().waitFor();
  await wanted.ready?.(app);
  await page.screenshot({ path: file, animations: 'disabled' });
}

/** All pages at both widths in both languages into `docs/screenshots/<name>-<width>-<language>.png`. */
export async function takeScreenshots(stack: StackAddresses, progress: Progress): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const life = await progress('Living some days in the store', () => liveSomeDays(stack));
  const browser: Browser = await launchBrowser();
  try {
    for (const { name: width, ...screen } of WIDTHS) {
      for (const { name: language, locale } of LANGUAGES) {
        const context = await openContext(browser, { ...screen, locale, deviceScaleFactor: 1 });
        for (const wanted of PAGES.filter((one) => one.languages?.includes(language) ?? true)) {
          const page = await context.newPage();
          const file = join(folder, `${wanted.name}-${width}-${language}.png`);
          await progress(`${wanted.name}, ${width}, ${language}`, () => takeOne(page, { stack, life, wanted, file }));
          await page.close();
        }
        await context.close();
      }
    }
  } finally {
    await browser.close();
  }
}
