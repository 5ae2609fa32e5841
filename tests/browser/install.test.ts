/** The merchant's first minutes: one click, no second login, and the app says what to do next. */
import { expect, it } from 'vitest';
import { enterWorld } from '../stories/enter-world';
import { openAdmin } from './admin-window';

const world = await enterWorld();

it('installs with one click and lands on the overview, in the merchant’s language', async () => {
  const store = await world.openStore({ handle: 'install', name: 'Maison Tilleul', locale: 'fr' });
  const { page, app, complaints } = await openAdmin(store, { language: 'fr' });
  const handle = store.domain.replace('.myshopify.com', '');
  await page.goto(`${world.stack.sandboxUrl}/admin/store/${handle}/install`);
  await page.locator('#install').click();
  await app.getByRole('heading', { name: 'Vue d’ensemble' }).waitFor();
  await app.getByRole('heading', { name: 'Mettre Relance en place' }).waitFor();
  expect(await app.locator('html').getAttribute('lang')).toBe('fr');
  expect(complaints).toEqual([]);
});

it('puts its pages into Shopify’s menu, and none called home', async () => {
  const store = await world.openStore({ handle: 'menu' });
  await store.install();
  await world.settle();
  const { page, app, visit, complaints } = await openAdmin(store);
  await visit();
  await page.getByRole('link', { name: 'Scenarios' }).click();
  await app.getByRole('heading', { name: 'Scenarios', level: 1 }).waitFor();
  await page.getByRole('link', { name: 'Settings' }).click();
  await app.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
  expect(complaints).toEqual([]);
});

it('tells who comes without a shop where the app opens', async () => {
  const answer = await fetch(`${world.stack.appUrl}/app`, {
    headers: { 'User-Agent': 'Mozilla/5.0 Chrome/140.0.0.0', 'Accept-Language': 'fr' },
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-security-policy')).toBe("frame-ancestors 'none';");
  const page = await answer.text();
  expect(page).toContain('Relance s’ouvre dans Shopify');
  expect(page).not.toMatch(/<(form|input)/);
});
