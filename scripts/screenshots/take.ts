/** Takes the pictures of one run; called by `scripts/screenshots.ts` with a running stack. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openContext } from '../local/chromium';
import { projectRoot } from '../local/paths';
import type { Progress } from '../local/progress';
import type { StackAddresses } from '../local/stack';
import { PAGES, type ScreenshotPage, SHOP } from './pages';

/** Desktop, and a phone as Shopify's mobile admin shows it. */
const WIDTHS = [
  { name: 'desktop', viewport: { width: 1280, height: 900 }, isMobile: false },
  { name: 'phone', viewport: { width: 390, height: 844 }, isMobile: true },
] as const;

const folder = join(projectRoot, 'docs', 'screenshots');

function address(sandboxUrl: string, path: string): string {
  if (!path.startsWith('app:')) return `${sandboxUrl}${path}`;
  return `${sandboxUrl}/admin/store/${SHOP}/apps/relance/${path.slice('app:'.length)}`;
}

interface Shot {
  stack: StackAddresses;
  wanted: ScreenshotPage;
  file: string;
}

async function takeOne(page: Page, { stack, wanted, file }: Shot): Promise<void> {
  const response = await page.goto(address(stack.sandboxUrl, wanted.path), { waitUntil: 'networkidle' });
  if (!response?.ok()) throw new Error(`${wanted.name}: ${response?.status() ?? 'no answer'}`);
  await wanted.prepare?.(page);
  await page.screenshot({ path: file, animations: 'disabled' });
}

/** Installs the app in the sample store, as a person would with one click. */
async function installApp({ sandboxUrl }: StackAddresses): Promise<void> {
  const response = await fetch(`${sandboxUrl}/control/api/shops/${SHOP}/install`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  if (!response.ok) throw new Error(`The app could not be installed: ${await response.text()}`);
}

/** All pages at both widths into `docs/screenshots/<name>-<width>.png`. */
export async function takeScreenshots(stack: StackAddresses, progress: Progress): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await progress('Installing the app in the store', () => installApp(stack));
  const browser: Browser = await launchBrowser();
  try {
    for (const { name, ...screen } of WIDTHS) {
      const context = await openContext(browser, { ...screen, deviceScaleFactor: 1 });
      for (const wanted of PAGES) {
        const page = await context.newPage();
        const file = join(folder, `${wanted.name}-${name}.png`);
        await progress(`${wanted.name}, ${name}`, () => takeOne(page, { stack, wanted, file }));
        await page.close();
      }
    }
  } finally {
    await browser.close();
  }
}
