/** What the owner reads of the e-mails that wait for them: while everything is paused, while a scenario is off, and on going on. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Shopper } from '../harness/shopper';
import { type Store, switchOn } from '../harness/store';
import { enterWorld } from '../stories/enter-world';
import { type AdminWindow, openAdmin } from './admin-window';

const world = await enterWorld();
let store: Store;
let shoppers: Shopper[];

/** Two carts are left before everything stops: a day later their first reminders have expired, their second ones wait. */
beforeAll(async () => {
  await world.advanceToTime('10:00');
  store = await world.openStore({ handle: 'held', name: 'Maison Tilleul', locale: 'fr' });
  const candle = await store.stock({ title: 'Bougie Tilleul', price: '29.00' });
  shoppers = [];
  for (const name of ['un', 'deux'])
    shoppers.push(await store.shopper({ email: `${name}@example.com`, subscribedAt: world.now().toISOString() }));
  await store.install();
  await world.settle();
  await switchOn(store, 'abandoned-checkout');
  for (const one of shoppers) await one.abandon([candle]);
  await world.settle();
  await store.admin.pause(true);
  await world.advance('25h');
}, 60_000);

const SAYS = {
  en: '2 e-mails wait and can still go out. 2 expired meanwhile and will not be sent.',
  fr: '2 e-mails attendent et peuvent encore partir. 2 ont expiré entre-temps et ne partiront pas.',
};
const PAGES = ['', 'scenarios', 'scenarios/abandoned-checkout'];

async function readEverywhere(window: AdminWindow, text: string, pages = PAGES): Promise<void> {
  for (const path of pages) {
    await window.visit(path);
    await window.app.getByText(text).first().waitFor();
  }
}

describe('what waits and what expired is told', () => {
  it.each(['fr', 'en'] as const)('while everything is paused, in %s', async (language) => {
    const window = await openAdmin(store, { language });
    await readEverywhere(window, SAYS[language]);
    expect(window.complaints).toEqual([]);
  });

  it('on resuming; then it goes out, and nothing that expired', async () => {
    const window = await openAdmin(store);
    await window.visit();
    await window.app.getByRole('button', { name: 'Resume sending' }).click();
    await window.page.getByText('2 e-mails that waited go out, 2 expired').waitFor();
    await world.settle();
    for (const one of shoppers) {
      const steps = (await one.decisions()).filter(({ kind }) => kind === 'sent' || kind === 'withheld');
      expect(steps.map(({ kind, step, facts }) => [kind, step, facts.heldBy])).toEqual([
        ['withheld', 'first-reminder', 'everything-paused'],
        ['sent', 'second-reminder', undefined],
      ]);
    }
    expect(window.complaints).toEqual([]);
  });

  it('while one scenario is off, and on switching it on', async () => {
    await store.admin.switchScenario('abandoned-checkout', false);
    await world.advance('24h');
    const window = await openAdmin(store);
    await readEverywhere(window, '2 e-mails wait and can still go out.', PAGES.slice(1));
    await window.app.getByRole('switch', { name: /^Switch on/ }).click();
    await window.page.getByText('2 e-mails that waited go out').waitFor();
    await world.settle();
    for (const one of shoppers) expect(await one.mails()).toHaveLength(2);
    expect(window.complaints).toEqual([]);
  });
});
