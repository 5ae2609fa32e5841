/** The welcome scenario: one store, one week, many subscribers; each test tells of one of them. */
import { beforeAll, describe, expect, it } from 'vitest';
import { addDuration, type Duration, durationMs } from '../../app/lib/duration';
import type { Shopper } from '../harness/shopper';
import { type Product, type Store, switchOn } from '../harness/store';
import { codeIn } from './codes';
import { courseOf, expectSentAfter, only } from './course';
import { enterWorld } from './enter-world';

const world = await enterWorld();
let store: Store;
let candle: Product;
let start: Date;
let people: Awaited<ReturnType<typeof playTheWeek>> & Record<'imported' | 'early', Shopper>;

const GREETING = 'Bienvenue\u00a0: 10\u00a0% de réduction pour commencer';

const later = (duration: Duration) => addDuration(start, duration);
const ago = (duration: Duration) => new Date(world.now().getTime() - durationMs(duration)).toISOString();

beforeAll(async () => {
  await world.advanceToTime('10:00');
  store = await world.openStore({ handle: 'welcome', name: 'Maison Tilleul', locale: 'fr' });
  candle = await store.stock({ title: 'Bougie Tilleul', price: '29.00' });
  const imported = await store.shopper({
    email: 'imported@example.com',
    subscribedAt: ago('2h'),
  });
  await store.install();
  await world.settle();
  // What was given before the app came starts nothing; these stories tell of consent that is a day old.
  await world.advance('26h');
  await world.advanceToTime('10:00');
  const early = store.stranger({ email: 'early@example.com' });
  await early.subscribe();
  await world.settle();
  await switchOn(store, 'welcome');
  start = world.now();
  people = { ...(await playTheWeek()), imported, early };
}, 120_000);

async function playTheWeek() {
  const at = (email: string, rest: Partial<Parameters<Store['stranger']>[0]> = {}) =>
    store.stranger({ email: `${email}@example.com`, locale: 'fr', ...rest });
  const shoppers = {
    camille: at('camille', { firstName: 'Camille' }),
    oliver: at('oliver', { firstName: 'Oliver', locale: 'en' }),
    quebecer: at('quebecer', { locale: 'fr-CA' }),
    german: at('german', { locale: 'de' }),
    buyer: at('buyer'),
    lateBuyer: at('late-buyer'),
    regular: at('regular'),
    atCheckout: at('at-checkout', { firstName: 'Nadia' }),
    atCheckoutAgain: at('at-checkout-again'),
    yesterday: at('yesterday'),
    lastNight: at('last-night'),
    pending: at('pending'),
    withdrawn: at('withdrawn'),
    deleted: at('deleted'),
    twice: at('twice'),
    merged: at('merged'),
    kept: at('kept'),
    owl: at('owl'),
  } satisfies Record<string, Shopper>;
  const p = shoppers;
  for (const one of [
    p.camille,
    p.oliver,
    p.quebecer,
    p.german,
    p.buyer,
    p.lateBuyer,
    p.withdrawn,
    p.deleted,
    p.twice,
    p.merged,
  ])
    await one.subscribe();
  await p.regular.register();
  await p.kept.register();
  await p.regular.order([candle], { at: ago('3h') });
  await p.regular.subscribe();
  for (const one of [p.atCheckout, p.atCheckoutAgain])
    await (await one.abandon([candle], { acceptsMarketing: true })).pay();
  await p.yesterday.subscribe({ at: ago('25h') });
  await p.lastNight.subscribe({ at: ago('20h') });
  await p.pending.subscribe({ pending: true });
  await world.advanceTo(later('1h'));
  await p.buyer.order([candle]);
  await p.withdrawn.withdraw();
  await store.act('deleteCustomer', { id: p.deleted.id() });
  await p.twice.withdraw();
  await store.act('mergeCustomers', { keptId: p.kept.id(), mergedId: p.merged.id() });
  await p.pending.confirm();
  await world.settle();
  await p.twice.subscribe();
  await world.advanceTo(later('13h'));
  await p.owl.subscribe();
  await world.advanceTo(later('49h'));
  await p.lateBuyer.order([candle]);
  await p.atCheckoutAgain.order([candle]);
  await world.advanceTo(later('7d'));
  return shoppers;
}

describe('a subscriber', () => {
  it('gets three e-mails: at once, after two days, and three days later', async () => {
    expect(await courseOf(people.camille)).toEqual(['hello sent', 'choosing sent', 'last-call sent']);
    expectSentAfter(await people.camille.mails(), start, ['0min', '2d', '5d']);
  });

  it('is written to in French, by name, with the store’s best-seller and links that lead to the store', async () => {
    const [hello, choosing, lastCall] = await people.camille.mails();
    expect(hello?.subject).toBe('Bienvenue Camille\u00a0: 10\u00a0% de réduction pour commencer');
    expect(hello?.text).toContain('Bougie Tilleul');
    expect(hello?.untrackedHtml).toMatch(/lang="fr/);
    expect(hello?.text).toMatch(/29,00\s€/);
    expect(hello?.links.some(({ url }) => url.startsWith(`${store.url}/products/${candle.handle}`))).toBe(true);
    expect(hello?.links.every(({ url }) => url.includes('utm_source=relance'))).toBe(true);
    expect(choosing?.subject).toContain('Maison Tilleul');
    expect(lastCall?.subject).toBe(`Votre code ${codeIn(hello)} vous attend encore`);
    expect(codeIn(choosing)).toBe(codeIn(hello));
  });

  it('is written to in English when that is theirs', async () => {
    const mails = await people.oliver.mails();
    expect(mails.map((mail) => mail.subject)).toEqual([
      'Welcome, Oliver: 10% off to start with',
      'Where to start at Maison Tilleul',
      `Your code ${codeIn(mails[0])} is still waiting`,
    ]);
    expect(mails[0]?.untrackedHtml).toMatch(/lang="en/);
    expect(mails[0]?.text).toContain('€29.00');
  });

  it('whose language we do not write gets the store’s; one from Québec gets French', async () => {
    for (const one of [people.german, people.quebecer]) expect((await one.mails())[0]?.subject).toBe(GREETING);
  });

  it('can leave by one click from every e-mail, and sees where it comes from', async () => {
    for (const mail of await people.camille.mails()) {
      expect(mail.headers).toMatchObject({
        'List-Unsubscribe': expect.stringMatching(new RegExp(`^<${world.stack.appUrl}/unsubscribe/[\\w.-]+>$`)),
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      });
      expect(mail.text).toContain('12 rue des Lilas');
      expect(mail.text).toContain(`${world.stack.appUrl}/preferences/`);
      expect(mail.fromName).toBe('Maison Tilleul');
      expect(mail.html.length).toBeLessThan(90_000);
    }
  });

  it('who subscribes at night is greeted at once: they just asked for it', async () => {
    expect((await courseOf(people.owl))[0]).toBe('hello sent');
    expectSentAfter((await people.owl.mails()).slice(0, 1), start, ['13h']);
  });
});

describe('an order', () => {
  it('after the first e-mail ends the welcome', async () => {
    expect(await courseOf(people.buyer)).toEqual(['hello sent', 'ended: order-placed']);
  });

  it('after the second e-mail keeps the third back', async () => {
    expect(await courseOf(people.lateBuyer)).toEqual(['hello sent', 'choosing sent', 'ended: order-placed']);
  });

  it('from before the subscription changes nothing', async () => {
    expect(await courseOf(people.regular)).toEqual(['hello sent', 'choosing sent', 'last-call sent']);
  });
});

describe('who subscribed in a checkout they paid', () => {
  it('is thanked for that order, which does not end the welcome', async () => {
    expect(await courseOf(people.atCheckout)).toEqual(['hello sent', 'choosing sent', 'last-call sent']);
    const [hello] = await people.atCheckout.mails();
    expect(hello?.subject).toBe('Merci Nadia, et bienvenue chez Maison Tilleul');
    expect(hello?.text).toContain('Votre commande est bien enregistrée');
    expect((await people.atCheckout.mails()).map(codeIn)).toEqual([null, null, null]);
  });

  it('and orders again is written to no more', async () => {
    expect(await courseOf(people.atCheckoutAgain)).toEqual(['hello sent', 'choosing sent', 'ended: order-placed']);
  });
});

describe('consent', () => {
  it('that the import found starts nothing, however fresh', async () => {
    expect(await people.imported.decisions()).toEqual([]);
  });

  it('from before the scenario was on starts nothing', async () => {
    expect(await people.early.decisions()).toEqual([]);
  });

  it('older than a day when we hear of it starts nothing, and says so', async () => {
    expect(await courseOf(people.yesterday)).toEqual(['not-enrolled: consent-too-old']);
  });

  it('of the last twenty hours starts the welcome; the next e-mails count from it', async () => {
    expect(await courseOf(people.lastNight)).toEqual(['hello sent', 'choosing sent', 'last-call sent']);
    expectSentAfter((await people.lastNight.mails()).slice(1), start, ['28h', '100h']);
  });

  it('that waits for its confirmation starts the welcome when it is confirmed', async () => {
    const [hello] = await people.pending.mails();
    expectSentAfter(hello ? [hello] : [], start, ['1h']);
  });

  it('withdrawn in the store ends the welcome', async () => {
    expect(await courseOf(people.withdrawn)).toEqual(['hello sent', 'ended: unsubscribed']);
  });

  it('given a second time greets nobody twice', async () => {
    expect(await courseOf(people.twice)).toEqual([
      'hello sent',
      'ended: unsubscribed',
      'not-enrolled: already-enrolled',
    ]);
    expect(only(await people.twice.mails()).subject).toBe(GREETING);
  });
});

describe('a customer deleted in Shopify', () => {
  it('is written to no more', async () => {
    expect(await courseOf(people.deleted)).toEqual(['hello sent', 'ended: customer-deleted']);
  });
});

describe('a customer merged into another', () => {
  it('goes on as that one, whose consent decides', async () => {
    expect((await people.merged.mails()).map((mail) => mail.subject)).toEqual([GREETING]);
    expect(await people.merged.decisions()).toEqual([]);
    const kept = (await people.kept.decisions()).map((row) => `${row.step} ${row.kind}: ${row.reason}`);
    expect(kept).toContain('hello sent: sent');
    expect(kept).toContain('choosing withheld: not-subscribed');
    expect(await people.kept.mails()).toEqual([]);
  });
});
