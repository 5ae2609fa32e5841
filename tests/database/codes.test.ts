// Codes made in Shopify: one discount per scenario, offer and end day, whoever dies, repeats, refuses or is out of reach.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Offer } from '../../app/domain/offer';
import { AdminError, isAdminError } from '../../app/gateways/shopify/admin-error';
import { DAY, HOUR, MINUTE } from '../../app/lib/duration';
import { makeIssueCodes } from '../../app/pipeline/codes/issue';
import { changeWaiting } from '../../app/store/codes';
import { ENDED_IN_SHOPIFY } from '../../app/store/discounts';
import { endEnrollments } from '../../app/store/enrollments';
import { loadAttention } from '../../app/store/reports/attention';
import { lastPeriods } from '../../app/store/reports/period';
import { type CodeShops, openCodeShops, openStore } from './code-shop';

let all: CodeShops;
beforeAll(async () => {
  all = await openCodeShops();
});
afterEach(() => {
  Object.assign(all.context.faults, { down: false, throttled: false, discountsFail: false, codesHang: false });
});
afterAll(() => all.close());

const TEN: Offer = { kind: 'percentage', percent: 10, items: { on: 'all' }, minimum: null, validDays: 14 };
const FIXED: Offer = {
  kind: 'fixed-code',
  code: 'Lune10',
  description: { fr: '10 % sur tout', en: '10% off everything' },
  endsOn: '2027-03-31',
};
const failure = (promise: Promise<unknown>) => promise.then(() => null).catch((error: unknown) => error);

/** What the owner reads about it on the overview. */
const told = (shopId: number) => {
  const scopes = all.context.wantedScopes.join(',');
  return all.inShop(shopId, (shop) => loadAttention(shop, { period: lastPeriods(all.now()).current, scopes }));
};

describe('codes', () => {
  it('of 300 people share one discount, filled in two calls, and every enrollment goes on', async () => {
    const store = await openStore(all);
    const ids = await store.enroll(300);
    await store.advance(ids);
    expect(await store.waiting()).toHaveLength(300);
    expect(await store.messages(ids)).toEqual([]);
    await store.issue(ids);
    expect(store.calls.filter((name) => name === 'CreateBasicDiscount')).toHaveLength(1);
    expect(store.calls.filter((name) => name === 'AddCodes')).toHaveLength(2);
    expect(store.inShopify()).toMatchObject([
      {
        title: 'Relance · Birthday · 10% · until 2027-03-16',
        value: { kind: 'percentage', percentage: 0.1 },
        items: { kind: 'all' },
        minimum: null,
        usageLimit: 1,
        oncePerCustomer: true,
        customerIds: null,
        endsAt: '2027-03-16T23:00:00.000Z',
      },
    ]);
    const codes = await store.codes(ids);
    expect(codes.every(({ readyAt, endsAt }) => readyAt && endsAt?.toISOString() === '2027-03-16T23:00:00.000Z')).toBe(
      true,
    );
    expect(store.codesInShopify().sort()).toEqual(codes.map(({ code }) => code).sort());
    expect(await store.jobs('enrollment.advance')).toHaveLength(300);
    await store.advance(ids);
    expect(await store.messages(ids)).toHaveLength(300);
  });

  it('of the same day join the discount that is there; another day, offer or scenario has its own', async () => {
    const store = await openStore(all);
    await store.withCodes(2);
    await store.withCodes(2);
    expect(store.inShopify()).toHaveLength(1);
    await store.withCodes(1, 'welcome');
    await store.setOffer('birthday', { ...TEN, percent: 20 });
    await store.withCodes(1);
    expect(store.inShopify()).toHaveLength(3);
    all.advanceClock(DAY);
    await store.withCodes(1);
    expect(store.inShopify()).toHaveLength(4);
    expect(await store.discounts()).toHaveLength(4);
  });

  it('end with the shop’s own day, also where the clocks change in between', async () => {
    const store = await openStore(all);
    all.advanceClock(Date.parse('2027-03-20T23:30:00Z') - all.now().getTime());
    // Half past midnight on the 21st in Paris, where summer time begins on the 28th.
    await store.withCodes(1);
    expect(await store.discounts()).toMatchObject([{ endDay: '2027-04-04', endsAt: new Date('2027-04-04T22:00:00Z') }]);
  });

  it('are not made for whoever is out of the scenario by then', async () => {
    const store = await openStore(all);
    const ids = await store.enroll(1);
    await store.advance(ids);
    await all.inShop(store.shopId, (shop) => endEnrollments(shop, ids, { reason: 'unsubscribed', at: all.now() }));
    await store.issue(ids);
    expect(store.inShopify()).toEqual([]);
  });
});

describe('an offer', () => {
  it.each<[string, (ids: { productId: string; collectionId: string }) => Offer, object]>([
    [
      'of an amount off an order that reaches a minimum',
      () => ({ kind: 'amount', amount: '5.00', items: { on: 'all' }, minimum: '40', validDays: 7 }),
      {
        value: { kind: 'amount', amount: '5.00', onEachItem: false },
        minimum: { kind: 'subtotal', subtotal: '40.00' },
      },
    ],
    [
      'of free shipping',
      () => ({ kind: 'free-shipping', minimum: null, validDays: 7 }),
      { value: { kind: 'free-shipping', maximumPrice: null, countries: null }, minimum: null },
    ],
    [
      'on some products',
      ({ productId }) => ({ ...TEN, items: { on: 'products', items: [{ id: productId, title: 'Bol' }] } }) as Offer,
      { items: { kind: 'products' } },
    ],
    [
      'on some collections',
      ({ collectionId }) =>
        ({ ...TEN, items: { on: 'collections', items: [{ id: collectionId, title: 'Bols' }] } }) as Offer,
      { items: { kind: 'collections' } },
    ],
  ])('%s becomes a discount Shopify takes', async (_what, offerOf, expected) => {
    const store = await openStore(all);
    const product = all.context.actions.createProduct(store.domain, { title: 'Bol', variants: [{ price: '20' }] });
    const collection = all.context.actions.createCollection(store.domain, { title: 'Bols', productIds: [product.id] });
    await store.setOffer('birthday', offerOf({ productId: product.id, collectionId: collection.id }));
    const ids = await store.withCodes(2);
    expect(await store.waiting()).toEqual([]);
    expect(store.inShopify()).toMatchObject([{ ...expected, usageLimit: 1 }]);
    expect((await store.codes(ids)).map(({ code }) => code).sort()).toEqual(store.codesInShopify().sort());
  });

  it('with a fixed code needs nothing of Shopify, and ends with its last day', async () => {
    const store = await openStore(all);
    await store.setOffer('birthday', FIXED);
    const ids = await store.withCodes(2);
    expect(store.calls).toEqual([]);
    const endsAt = new Date('2027-03-31T22:00:00Z');
    expect(await store.codes(ids)).toMatchObject([
      { code: 'Lune10', discountId: null, endsAt },
      { code: 'Lune10', discountId: null, endsAt },
    ]);
    expect(await store.jobs('enrollment.advance')).toHaveLength(2);
  });

  it('that was changed meanwhile is the one the code is made for', async () => {
    const store = await openStore(all);
    const ids = await store.enroll(1);
    await store.advance(ids);
    await store.setOffer('birthday', { ...TEN, percent: 25 });
    await store.issue(ids);
    expect(store.inShopify()).toMatchObject([{ value: { percentage: 0.25 } }]);
    expect(await store.codes(ids)).toMatchObject([{ offer: { percent: 25 } }]);
  });

  it('that was taken back meanwhile leaves an e-mail without a code', async () => {
    const store = await openStore(all);
    const ids = await store.enroll(1);
    await store.advance(ids);
    await store.setOffer('birthday', null);
    await store.issue(ids);
    expect(store.inShopify()).toEqual([]);
    expect(await store.codes(ids)).toEqual([]);
    await store.advance(ids);
    expect(await store.messages(ids)).toHaveLength(1);
  });
});

describe('whatever happens in between', () => {
  it('a worker that dies before it could note the discount leaves one, not two', async () => {
    const store = await openStore(all);
    const ids = await store.enroll(3);
    await store.advance(ids);
    store.dieAfter('CreateBasicDiscount');
    await expect(store.issue(ids)).rejects.toThrow('The worker died');
    expect(store.inShopify()).toHaveLength(1);
    expect(await store.waiting()).toHaveLength(3);
    await store.issue(ids);
    expect(store.inShopify()).toHaveLength(1);
    expect(await store.waiting()).toEqual([]);
    expect(store.codesInShopify()).toHaveLength(3);
  });

  it('a worker that dies before it could note the codes leaves one each', async () => {
    const store = await openStore(all);
    const ids = await store.enroll(3);
    await store.advance(ids);
    store.dieAfter('CodeCreation');
    await expect(store.issue(ids)).rejects.toThrow('The worker died');
    await store.issue(ids);
    expect(await store.waiting()).toEqual([]);
    expect((await store.codes(ids)).map(({ code }) => code).sort()).toEqual(store.codesInShopify().sort());
  });

  it('a worker that died on another day leaves no second discount of that day, and nobody without a code', async () => {
    const store = await openStore(all);
    const ids = await store.enroll(3);
    await store.advance(ids);
    store.dieAfter('CreateBasicDiscount');
    await failure(store.issue(ids));
    all.advanceClock(DAY);
    await store.issue(ids);
    expect(await store.waiting()).toEqual([]);
    const discounts = await store.discounts();
    expect(discounts.map(({ shopifyId }) => typeof shopifyId)).toEqual(['string', 'string']);
    expect(store.codesInShopify()).toHaveLength(3);
  });

  it('workers at the same time make one discount and one code each', async () => {
    const store = await openStore(all);
    const ids = await store.enroll(40);
    await store.advance(ids);
    await Promise.all([store.issue(ids), store.issue(ids.slice(0, 20)), store.issue(ids.slice(10))]);
    expect(store.inShopify()).toHaveLength(1);
    expect(await store.discounts()).toHaveLength(1);
    expect(await store.waiting()).toEqual([]);
    expect((await store.codes(ids)).map(({ code }) => code).sort()).toEqual(store.codesInShopify().sort());
    expect(await store.jobs('enrollment.advance')).toHaveLength(40);
  });

  it('a text somebody else has already is given up for a new one, the first of a discount too', async () => {
    const store = await openStore(all);
    all.context.actions.createDiscount(store.domain, { code: 'OWNERS', percentage: 0.5 });
    all.context.actions.createDiscount(store.domain, { code: 'ANOTHER', percentage: 0.5 });
    const ids = await store.enroll(3);
    await store.advance(ids);
    await all.inShop(store.shopId, async (shop) => {
      await changeWaiting(shop, ids[0] ?? 0, { code: 'owners' });
      await changeWaiting(shop, ids[2] ?? 0, { code: 'Another' });
    });
    await store.issue(ids);
    const codes = await store.codes(ids);
    expect(codes.every(({ readyAt, code }) => readyAt && /^\w{4}-\w{4}$/.test(code))).toBe(true);
    expect(store.inShopify()).toHaveLength(3);
    expect(store.codesInShopify().sort()).toEqual(['OWNERS', 'ANOTHER', ...codes.map(({ code }) => code)].sort());
  });

  it('Shopify down: the step waits where it is, and goes on afterwards', async () => {
    const store = await openStore(all);
    const ids = await store.enroll(2);
    await store.advance(ids);
    all.context.faults.down = true;
    expect(isAdminError(await failure(store.issue(ids)), 'unavailable')).toBe(true);
    all.advanceClock(15 * MINUTE);
    await store.advance(ids);
    expect(await store.waiting()).toHaveLength(2);
    expect(await store.messages(ids)).toEqual([]);
    all.context.faults.down = false;
    await store.issue(ids);
    await store.advance(ids);
    expect(await store.messages(ids)).toHaveLength(2);
  });

  it('Shopify failing at discounts, or never bringing the codes in, is tried again and says nothing against the offer', async () => {
    const store = await openStore(all);
    const ids = await store.enroll(2);
    await store.advance(ids);
    all.context.faults.discountsFail = true;
    expect(isAdminError(await failure(store.issue(ids)), 'unavailable')).toBe(true);
    Object.assign(all.context.faults, { discountsFail: false, codesHang: true });
    expect(isAdminError(await failure(store.issue(ids)), 'unavailable')).toBe(true);
    // The first code came with the discount; the other is not taken for ready before Shopify says so.
    expect(await store.waiting()).toHaveLength(1);
    expect(await store.discounts()).toMatchObject([{ refusal: null }]);
    all.context.faults.codesHang = false;
    await store.issue(ids);
    expect(await store.waiting()).toEqual([]);
    expect(store.codesInShopify()).toHaveLength(2);
  });

  it('a shop that could not be asked is left alone for a moment, and no other with it', async () => {
    const [away, here] = [await openStore(all), await openStore(all)];
    const [theirs, ours] = [await away.enroll(1), await here.enroll(1)];
    await away.advance(theirs);
    await here.advance(ours);
    const asked: string[] = [];
    const issueCodes = makeIssueCodes({
      ...all,
      admin: {
        run(shopDomain, document, variables) {
          asked.push(shopDomain);
          if (shopDomain === away.domain) throw new AdminError('unavailable', 'Shopify was not reached');
          return all.admin.run(shopDomain, document, variables);
        },
      },
    });
    expect(isAdminError(await failure(issueCodes(away.shopId, theirs)), 'unavailable')).toBe(true);
    await issueCodes(here.shopId, ours);
    expect(await here.waiting()).toEqual([]);
    expect(isAdminError(await failure(issueCodes(away.shopId, theirs)), 'unavailable')).toBe(true);
    expect(asked.filter((domain) => domain === away.domain)).toHaveLength(1);
  });
});

describe('a discount Shopify refuses', () => {
  it('is kept with Shopify’s words, asked for again after an hour, and nothing is lost', async () => {
    const store = await openStore(all);
    await store.setOffer('birthday', { ...TEN, items: { on: 'products', items: [{ id: '404', title: 'Gone' }] } });
    const ids = await store.withCodes(2);
    expect(await store.discounts()).toMatchObject([{ refusal: 'Product with id: 404 is invalid', shopifyId: null }]);
    expect(await told(store.shopId)).toEqual([
      {
        point: 'codes-refused',
        refused: [{ scenario: 'birthday', why: 'Product with id: 404 is invalid', waiting: 2 }],
      },
    ]);
    const asked = store.calls.length;
    all.advanceClock(30 * MINUTE);
    await store.issue(ids);
    expect(store.calls).toHaveLength(asked);
    all.advanceClock(HOUR);
    await store.issue(ids);
    expect(store.calls.length).toBeGreaterThan(asked);
    await store.setOffer('birthday', TEN);
    await store.issue(ids);
    expect(await store.waiting()).toEqual([]);
    expect(await told(store.shopId)).toEqual([]);
  });

  it('for want of access goes through as soon as the owner grants it', async () => {
    const store = await openStore(all, { scopes: ['read_orders', 'read_products', 'write_customers'] });
    const ids = await store.withCodes(2);
    const [refused] = await store.discounts();
    expect(refused?.refusal).toMatch(/access/i);
    expect(await told(store.shopId)).toMatchObject([{ point: 'scopes-missing' }]);
    all.context.actions.changeScopes(store.domain, [...all.context.wantedScopes]);
    await store.catchUp();
    await store.issue(ids);
    expect(await store.waiting()).toEqual([]);
    expect(await store.discounts()).toMatchObject([{ refusal: null }]);
  });

  it('because the owner ended or deleted it in Shopify gets no further codes that day', async () => {
    for (const verb of ['deactivateDiscount', 'deleteDiscount'] as const) {
      const store = await openStore(all);
      await store.withCodes(1);
      all.context.actions[verb](store.domain, store.inShopify()[0]?.id ?? '', { quiet: true });
      const ids = await store.withCodes(1);
      expect(await store.discounts()).toMatchObject([{ refusal: ENDED_IN_SHOPIFY }]);
      expect(await told(store.shopId)).toMatchObject([{ refused: [{ why: null, waiting: 1 }] }]);
      all.advanceClock(DAY);
      await store.issue(ids);
      expect(await store.waiting()).toEqual([]);
    }
  });
});
