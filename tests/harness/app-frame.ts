/** What a browser finds wrong with the app's document: barriers and complaints. Used by the browser tests and the audit. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { BrowserContext, Frame, Page } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The app's own document within the admin's. */
export function appFrame(page: Page): Frame {
  const frame = page.frame({ name: 'app-iframe' });
  if (!frame) throw new Error('The app’s frame is not there.');
  return frame;
}

/**
 * Waits until React has taken over the page the server drew, whose scripts come after its picture, and what lies below
 * the first screen has come: until then a click does nothing, and not all of the page is there.
 */
export async function untilAwake(page: Page): Promise<void> {
  await page.frameLocator('#app-frame').locator('h1').first().waitFor();
  await appFrame(page).waitForFunction(() => {
    const heading = document.querySelector('h1');
    const taken = heading !== null && Object.keys(heading).some((key) => key.startsWith('__reactFiber$'));
    return taken && document.querySelector('html[data-first-screen], .below-the-fold:empty') === null;
  });
}

/** What axe finds in a document, against WCAG 2 A and AA and against good practice: `rule: element`. */
export async function findBarriersIn(frame: Frame): Promise<string[]> {
  await frame.evaluate(axeSource);
  return frame.evaluate(async () => {
    const axe: typeof import('axe-core') = Reflect.get(globalThis, 'axe');
    const { violations } = await axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      // The e-mail in the preview's frame has checks of its own, and its frame runs no script.
      iframes: false,
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary ?? ''}`),
    );
  });
}

/** A question that the next letter overtakes, or that a person walks away from, is cut off: the router tells it as an error of the page. */
const CUT_OFF = /^(AbortError|BodyStreamBuffer was aborted)/;

/** Console errors and warnings, uncaught errors and requests that failed, as they come. */
export function listenToComplaints(context: BrowserContext): string[] {
  const complaints: string[] = [];
  const complain = (complaint: string) => {
    if (!CUT_OFF.test(complaint)) complaints.push(complaint);
  };
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complain(message.text());
  });
  context.on('weberror', (error) => complain(error.error().message));
  context.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${new URL(response.url()).pathname}`);
  });
  return complaints;
}
