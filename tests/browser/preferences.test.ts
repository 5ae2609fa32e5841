/** The page behind every e-mail's link, as a shopper meets it: on a phone or at a desk, by day or night, by keys alone, without a script. */

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Shopper } from '../harness/shopper';
import { type Store, switchOn } from '../harness/store';
import { launchBrowser, openContext } from '../setup/browser';
import { enterWorld } from '../stories/enter-world';
import { DESKTOP, findBarriersIn, PHONE } from './admin-window';

const world = await enterWorld();
let browser: Browser;
let store: Store;
let link: Record<'fr' | 'en', string>;
let people: Record<'fr' | 'en', Shopper>;

const linkOf = async (person: Shopper) =>
  /https?:\/\/\S+\/preferences\/[\w.-]+/.exec((await person.mails())[0]?.text ?? '')?.[0] ?? '';

beforeAll(async () => {
  browser = await launchBrowser();
  await world.advanceToTime('10:00');
  store = await world.openStore({ handle: 'choices', name: 'Maison d’édition “L’Étoile” & Cie, 東京', locale: 'fr' });
  await store.install();
  await world.settle();
  await switchOn(store, 'welcome');
  people = {
    fr: store.stranger({ email: 'fr@example.com', locale: 'fr' }),
    en: store.stranger({ email: 'en@example.com', locale: 'en' }),
  };
  for (const one of [people.fr, people.en]) await one.subscribe();
  await world.settle();
  link = { fr: await linkOf(people.fr), en: await linkOf(people.en) };
});

afterAll(() => browser.close());

async function open(url: string, wish: { viewport?: typeof PHONE; colorScheme?: 'light' | 'dark' } = {}) {
  const { viewport = DESKTOP, colorScheme = 'light' } = wish;
  const context = await openContext(browser, { viewport, colorScheme });
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

const consentOf = async (person: Shopper) =>
  (await store.ask<{ consentState: string }>('select consent_state from customers where id = $1', [person.id()]))[0]
    ?.consentState;
const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

describe.each(['fr', 'en'] as const)('in %s', (language) => {
  it.each(['light', 'dark'] as const)('shuts nobody out and fits, %s', async (colorScheme) => {
    for (const viewport of [DESKTOP, PHONE]) {
      for (const url of [
        link[language],
        link[language].replace('/preferences/', '/unsubscribe/'),
        `${link[language]}x`,
      ]) {
        const page = await open(url, { viewport, colorScheme });
        expect(await page.locator('html').getAttribute('lang')).toMatch(/^(fr|en)$/);
        expect(await findBarriersIn(page.mainFrame())).toEqual([]);
        expect(await overflow(page)).toBe(0);
        await page.context().close();
      }
    }
  });

  it('can be used by keys alone', async () => {
    const page = await open(link[language], { viewport: PHONE });
    const focused = () => page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.name ?? '');
    const tabTo = async (name: string) => {
      for (let presses = 0; presses < 20 && (await focused()) !== name; presses += 1) await page.keyboard.press('Tab');
      expect(await focused()).toBe(name);
    };
    await tabTo('fewer');
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await page.getByRole('status').waitFor();
    expect(await page.locator('[name=fewer]').isChecked()).toBe(true);
    await page.context().close();
  });

  it('keeps what was ticked when the birth date is impossible, and says so at the field and at the top', async () => {
    const page = await open(link[language]);
    await page.locator('[name=kind][value=birthday]').uncheck();
    await page.locator('[name=birthDate]').evaluate((input: HTMLInputElement) => {
      input.type = 'text';
      input.value = '2999-01-01';
    });
    await page.getByRole('button').click();
    await page.getByRole('alert').waitFor();
    expect(await page.locator('[name=birthDate]').getAttribute('aria-invalid')).toBe('true');
    expect(await page.locator('[name=kind][value=birthday]').isChecked()).toBe(false);
    await page.reload();
    expect(await findBarriersIn(page.mainFrame())).toEqual([]);
    await page.goto(link[language]);
    expect(await page.locator('[name=kind][value=birthday]').isChecked()).toBe(true);
    await page.context().close();
  });

  it('says none, changes one’s mind, and is asked for consent in so many words', async () => {
    const person = people[language];
    const page = await open(link[language], { viewport: PHONE });
    await page.locator('[name=none]').check();
    await page.getByRole('button').click();
    expect(await consentOf(person)).toBe('unsubscribed');
    expect(await page.locator('[name=none]').count()).toBe(0);
    expect(await page.locator('[name=subscribe]').isChecked()).toBe(false);
    await page.getByRole('button').click();
    expect(await consentOf(person)).toBe('unsubscribed');
    await page.locator('[name=subscribe]').check();
    await page.getByRole('button').click();
    expect(await page.getByRole('status').textContent()).toContain('Maison d’édition');
    expect(await consentOf(person)).toBe('subscribed');
    expect(await findBarriersIn(page.mainFrame())).toEqual([]);
    await page.context().close();
  });
});

it('leads to Shopify’s page on the opening of e-mails, and shows what was chosen there', async () => {
  const openTracking = async () =>
    (
      await store.ask<{ openTracking: string }>('select open_tracking from customers where id = $1', [people.fr.id()])
    )[0]?.openTracking;
  const page = await open(link.fr, { viewport: PHONE });
  await page.getByRole('link', { name: 'Changer ce choix' }).click();
  expect(await openTracking()).toBe('unknown');
  await page.getByRole('button', { name: 'L’autoriser', exact: true }).click();
  await page.getByRole('button', { name: 'Ne plus l’autoriser' }).waitFor();
  await world.settle();
  expect(await openTracking()).toBe('opted_in');
  await page.goto(link.fr);
  await page.getByText('Vous avez accepté que la boutique voie').waitFor();
  await page.context().close();
});

it('works where no script runs: the language chosen is there at once, a birth date emptied is gone', async () => {
  const context = await openContext(browser, { viewport: PHONE, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(link.fr);
  await page.locator('[name=language]').selectOption('en');
  await page.locator('[name=birthDate]').fill('1990-03-04');
  await page.getByRole('button').click();
  expect(await page.locator('h1').textContent()).toBe('Your preferences');
  expect(await page.locator('[name=birthDate]').inputValue()).toBe('1990-03-04');
  await page.locator('[name=birthDate]').fill('');
  await page.getByRole('button').click();
  await page.getByRole('status').waitFor();
  await page.goto(link.fr);
  expect(await page.locator('[name=birthDate]').inputValue()).toBe('');
  await context.close();
});
