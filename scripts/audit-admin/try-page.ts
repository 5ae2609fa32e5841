/** What the audit does on every page, as a person would: clicks, types, opens and closes; nothing that sends or switches. */
import { setTimeout as wait } from 'node:timers/promises';
import type { FrameLocator, Locator, Page } from 'playwright-core';

const PATIENCE_MS = 3000;
/** A scenario keeps what is written, and drops what is thrown away, 0.8 s later each. */
const UNTIL_DROPPED_MS = 2000;
const MOST_ESCAPES = 5;

/** What can be used without leaving the page; each kind a few times. */
const KINDS: { places: string; most: number; use(place: Locator, page: Page, app: FrameLocator): Promise<void> }[] = [
  {
    // Not where a number is asked for: what is refused is kept as a draft too, and waits there at the next visit.
    places:
      ':is(input:is([type=text], [type=search], [type=email], :not([type])), textarea, [contenteditable=true]):not([inputmode])',
    most: 2,
    async use(field) {
      await field.click({ timeout: PATIENCE_MS });
      // Within a text it might stand inside a variable's braces.
      await field.press('End', { timeout: PATIENCE_MS });
      await field.pressSequentially('ab', { timeout: PATIENCE_MS });
    },
  },
  {
    places: '[role=tab], button[aria-pressed=false], button.Polaris-Button:not([aria-pressed]):is(.view-tabs *)',
    most: 2,
    use: (tab) => tab.click({ timeout: PATIENCE_MS }),
  },
  {
    places: 'button[aria-expanded=false], button[aria-haspopup=true], summary',
    most: 3,
    async use(opener, page, app) {
      await opener.click({ timeout: PATIENCE_MS });
      await page.keyboard.press('Escape');
      // What is still on its way to being open does not hear the key.
      const layer = app.locator('.Polaris-Popover');
      for (let times = 0; times < MOST_ESCAPES && (await layer.count()) > 0; times += 1) {
        await page.keyboard.press('Escape');
        await wait(100);
      }
    },
  },
  {
    // Polaris lays its own mark over the box.
    places: 'input[type=checkbox], input[type=radio]:not(:checked)',
    most: 2,
    use: (box) => box.click({ timeout: PATIENCE_MS, force: true }),
  },
];

export async function tryPage(app: FrameLocator, page: Page): Promise<void> {
  await app.locator('h1').first().click({ timeout: PATIENCE_MS });
  for (let times = 0; times < 3; times += 1) await page.keyboard.press('Tab');
  for (const { places, most, use } of KINDS) {
    for (let place = 0; place < most; place += 1) {
      const found = app
        .locator(places)
        .locator('visible=true')
        .and(app.locator(':enabled, [contenteditable]'))
        .nth(place);
      if ((await found.count()) > 0) await use(found, page, app);
    }
  }
}

/**
 * Throws away what was written, as somebody who does not save it: a scenario keeps it otherwise, and every visit from
 * then on would be one of a scenario with unsaved changes.
 */
export async function throwAway(page: Page): Promise<void> {
  const discard = page.locator('#discard');
  if (!(await discard.isVisible())) return;
  await discard.click({ timeout: PATIENCE_MS });
  await page.locator('dialog[open] button').last().click({ timeout: PATIENCE_MS });
  await discard.waitFor({ state: 'hidden', timeout: PATIENCE_MS });
  await wait(UNTIL_DROPPED_MS);
}
