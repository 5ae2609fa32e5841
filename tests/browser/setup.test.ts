/** The first ten minutes: the store's look is found by itself, the guide goes by what is really done, and leaves for good when told so. */
import { beforeAll, expect, it } from 'vitest';
import { MAISON_LUNE_THEME } from '../../sandbox/sample-store/theme';
import type { Store } from '../harness/store';
import { enterWorld } from '../stories/enter-world';
import { eventually, openAdmin, PHONE } from './admin-window';

const world = await enterWorld();
let store: Store;

beforeAll(async () => {
  store = await world.openStore({ handle: 'setup', name: 'Maison Lune' });
  await store.act('publishTheme', MAISON_LUNE_THEME);
  await store.install();
  await world.settle();
});

const brand = async () =>
  (
    await store.ask<{ brand: object | null }>(
      "select settings -> 'brand' as brand from shops where shop_id = current_shop_id()",
    )
  )[0]?.brand;

it('shows the e-mails in the look of the store, and what is left to do, one step at a time', async () => {
  const { page, app, visit, barriers, complaints } = await openAdmin(store);
  await visit();
  await app.getByText('taken from your theme “Lune”').waitFor();
  const picture = app.locator('.look-picture iframe');
  await eventually(async () => (await picture.getAttribute('srcdoc'))?.includes('#7a5230') ?? false, true);
  await app.getByText('2 of 5 done').waitFor();
  await app
    .getByText(/In the last 30 days/)
    .first()
    .waitFor();
  expect(await app.locator('[aria-expanded=true]').count()).toBe(0);
  await app.getByRole('button', { name: /^Say who writes/ }).click();
  await app.getByText(/Your e-mails come from Maison Lune/).waitFor();
  await app.getByRole('button', { name: /^Send yourself a test/ }).press('Enter');
  expect(await app.locator('[aria-expanded=true]').count()).toBe(1);
  expect(await barriers()).toEqual([]);
  await app.getByRole('button', { name: /^Send it to hello@/ }).click();
  await page.getByText(/^The test is on its way to hello@/).waitFor();
  await app.getByText('3 of 5 done').waitFor();
  expect(complaints).toEqual([]);
});

it('is put away for good, and found again in the settings', async () => {
  const { app, visit, complaints } = await openAdmin(store, { viewport: PHONE, language: 'fr' });
  await visit();
  await app.getByRole('button', { name: 'Masquer ce guide' }).click();
  await app.getByRole('heading', { name: 'Mettre Relance en place' }).waitFor({ state: 'detached' });
  await visit();
  expect(await app.getByRole('heading', { name: 'Mettre Relance en place' }).count()).toBe(0);
  await visit('settings');
  await app.getByRole('button', { name: 'L’afficher dans la vue d’ensemble' }).click();
  await app.getByRole('link', { name: 'Le voir dans la vue d’ensemble' }).waitFor();
  await visit();
  await app.getByRole('heading', { name: 'Mettre Relance en place' }).waitFor();
  expect(complaints).toEqual([]);
});

it('lets the owner choose another look, beside an e-mail that follows, and says what cannot be', async () => {
  const { page, app, visit, complaints } = await openAdmin(store);
  await visit('settings/brand');
  await app.getByText('Your e-mails take over its logo, colors, fonts, and links').waitFor();
  const sample = () => app.locator('.workbench-preview iframe').getAttribute('srcdoc');
  await app.getByRole('textbox', { name: /^Background/ }).fill('#101010');
  await app.getByText('The small print could not be read on it. Choose a lighter color.').waitFor();
  await app.getByRole('textbox', { name: /^Background/ }).fill('');
  await app.getByRole('textbox', { name: /^Buttons and links/ }).fill('#005bd3');
  await app.getByText('No picture: your store’s name in letters').click();
  await app.getByRole('combobox', { name: 'Headings' }).selectOption('mono');
  await app.getByRole('textbox', { name: 'Addresses, one a line' }).fill('https://www.tiktok.com/@lune');
  await eventually(async () => {
    const html = (await sample()) ?? '';
    return ['#005bd3', 'Courier New', '>TikTok<', 'logo.png', 'facebook'].map((piece) => html.includes(piece));
  }, [true, true, true, false, false]);
  await page.getByRole('region', { name: 'Unsaved changes' }).getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  expect(await brand()).toEqual({
    logoUrl: '',
    buttonColor: '#005bd3',
    background: null,
    headingFont: 'mono',
    bodyFont: null,
    socialLinks: ['https://www.tiktok.com/@lune'],
  });
  await store.act('removeTheme');
  await app.getByRole('button', { name: 'Look again' }).click();
  await app.getByText('Your store has no published theme.').waitFor();
  await eventually(() => app.getByRole('textbox', { name: /^Buttons and links/ }).inputValue(), '#005bd3');
  expect(complaints).toEqual([]);
});
