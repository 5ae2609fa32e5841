/** Every prebuilt e-mail in a browser: as axe sees it, in light and in dark, and on a phone. */
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCEPTED_ACCESSIBILITY } from '../../app/emails/accepted-findings';
import { everySample } from '../../app/emails/arm-samples';
import { LANGUAGES } from '../../app/lib/language';
import { PREBUILT_EMAILS } from '../../app/scenarios/emails';
import { launchBrowser, openContext } from '../setup/browser';

interface Letter {
  name: string;
  html: string;
}

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const letters: Letter[] = [];
let browser: Browser;

/** The fullest arm of each e-mail in each language, and its barest in one: every block stands in one of them. */
async function barestAndFullest(): Promise<void> {
  for (const content of Object.values(PREBUILT_EMAILS).flat()) {
    for (const language of LANGUAGES) {
      const samples = (await everySample(content, language)).sort((one, other) => one.arm.length - other.arm.length);
      for (const sample of [language === LANGUAGES[0] ? samples[0] : undefined, samples.at(-1)]) {
        if (sample)
          letters.push({ name: `${content.key} ${language} [${sample.arm.join(' ')}]`, html: sample.filled.html });
      }
    }
  }
}

beforeAll(async () => {
  [browser] = await Promise.all([launchBrowser(), barestAndFullest()]);
});
afterAll(() => browser.close());

/** A page without network: a picture that does not load shows its words, as in most inboxes. */
async function openPage(colorScheme: 'light' | 'dark', width: number): Promise<Page> {
  const context = await openContext(browser, { colorScheme, viewport: { width, height: 900 } });
  await context.route('**/*', (route) => route.abort());
  return context.newPage();
}

async function axeFindings(page: Page, { name, html }: Letter, rules?: readonly string[]): Promise<string[]> {
  await page.setContent(html);
  // The page's window outlives its content, and axe takes longer to load than to run.
  if (await page.evaluate("typeof axe === 'undefined'")) await page.addScriptTag({ path: axePath });
  const results = await page.evaluate<AxeResults>(
    `axe.run(document, ${JSON.stringify(rules ? { runOnly: rules } : {})})`,
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${name}: ${node.html.slice(0, 120)}`),
  );
}

describe('each prebuilt e-mail', () => {
  it('is readable for everyone, but for what is accepted with a reason', async () => {
    const found: string[] = [];
    const page = await openPage('light', 760);
    for (const letter of letters) found.push(...(await axeFindings(page, letter)));
    await page.context().close();
    const isOf = (rule: string) => (finding: string) => finding.startsWith(`${rule}: `);
    const accepted = Object.keys(ACCEPTED_ACCESSIBILITY);
    expect(found.filter((finding) => !accepted.some((rule) => isOf(rule)(finding)))).toEqual([]);
    expect(accepted.filter((rule) => !found.some(isOf(rule)))).toEqual([]);
  }, 60_000);

  it('keeps its contrast in the dark', async () => {
    const found: string[] = [];
    const page = await openPage('dark', 760);
    for (const letter of letters) found.push(...(await axeFindings(page, letter, ['color-contrast'])));
    await page.context().close();
    expect(found).toEqual([]);
  }, 60_000);

  it('takes its dark colors from the ground to the button', async () => {
    const page = await openPage('dark', 760);
    for (const { html, name } of letters) {
      await page.setContent(html);
      const light = await page.evaluate(() => {
        const bright = (color: string) => (color.match(/\d+/g) ?? []).slice(0, 3).every((part) => Number(part) > 225);
        const grounds = [...document.querySelectorAll('body, td, table')].filter((node) => !node.closest('.button'));
        return grounds.filter(
          (node) =>
            bright(getComputedStyle(node).backgroundColor) &&
            getComputedStyle(node).backgroundColor !== 'rgba(0, 0, 0, 0)',
        ).length;
      });
      expect(`${name}: ${light}`).toBe(`${name}: 0`);
    }
    await page.context().close();
  }, 60_000);

  it.each([320, 375, 760])(
    'needs no sideways scrolling at %d px',
    async (width) => {
      const page = await openPage('light', width);
      for (const { html, name } of letters) {
        await page.setContent(html);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(`${name}: ${Math.max(0, overflow)}`).toBe(`${name}: 0`);
      }
      await page.context().close();
    },
    60_000,
  );
});
