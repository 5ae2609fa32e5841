// What becomes of a code: an order brings it back and counts for its e-mail, its discount ends, and is tidied away.
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Offer } from '../../app/domain/offer';
import { AdminError } from '../../app/gateways/shopify/admin-error';
import { DAY, HOUR } from '../../app/lib/duration';
import { makeAttribute } from '../../app/pipeline/attribute';
import { makeTidyCodes } from '../../app/pipeline/codes/tidy';
import { recordClick } from '../../app/store/clicks';
import { markHandedOver } from '../../app/store/messages';
import { loadHomeFigures } from '../../app/store/reports/home-figures';
import { loadScenarioFacts } from '../../app/store/scenario-facts';
import { attributions, messages, scenarioSettings } from '../../app/store/schema';
import { markReconciled } from '../../app/store/shops';
import { type CodeShops, openCodeShops, openStore } from './code-shop';

let all: CodeShops;
beforeAll(async () => {
  all = await openCodeShops();
});
afterEach(() => {
  all.context.faults.down = false;
});
afterAll(() => all.close());

const FIXED: Offer = {
  kind: 'fixed-code',
  code: 'Lune10',
  description: { fr: '10 % sur tout', en: '10% off everything' },
  endsOn: null,
};

/** A store with something to sell, and a customer of it whose birthday e-mail went out with a code. */
async function storeWithCode(offer?: Offer) {
  const store = await openStore(all);
  const { variantIds } = all.context.actions.createProduct(store.domain, {
    title: 'Bol',
    variants: [{ price: '40', inventoryQuantity: 50 }],
  });
  const lines = [{ variantId: variantIds[0] ?? '' }];
  if (offer) await store.setOffer('birthday', offer);
  else {
    const on = { shopId: store.shopId, scenario: 'birthday' as const, enabled: true, updatedAt: all.now() };
    await all.inShop(store.shopId, ({ tx }) => tx.insert(scenarioSettings).values(on));
  }
  const buyer = all.context.actions.createCustomer(store.domain, {
    email: 'zoe@example.com',
    metafields: [{ namespace: 'facts', key: 'birth_date', type: 'date', value: '1990-03-03' }],
  });
  await store.catchUp();
  const [enrollmentId = 0] = await store.withCodes(1, 'birthday', buyer.id);
  await store.advance([enrollmentId]);
  const [code] = await store.codes([enrollmentId]);
  const [message] = await store.messages([enrollmentId]);
  if (!code || !message) throw new Error('The e-mail was not planned');
  all.advanceClock(HOUR);
  await all.inShop(store.shopId, ({ tx }) =>
    tx.update(messages).set({ status: 'sent', sentAt: all.now(), dueAt: null }).where(eq(messages.id, message.id)),
  );
  all.advanceClock(HOUR);
  const attribute = makeAttribute({ db: all.db, linkSecret: 'x'.repeat(32), log: all.log });
  return {
    ...store,
    lines,
    buyer,
    enrollmentId,
    text: code.code,
    message,
    async order(texts: string[], by: { customerId?: string; email?: string } = { customerId: buyer.id }) {
      const discountCodes = texts.map((text) => ({ code: text }));
      const order = all.context.actions.createOrder(store.domain, { ...by, lines, discountCodes });
      await store.catchUp();
      return order;
    },
    code: async () => (await store.codes([enrollmentId]))[0],
    attribute: (orderId: string) => attribute({ shopId: store.shopId, orderId }),
    attributed: () =>
      all.inShop(store.shopId, ({ tx }) => tx.select().from(attributions).where(eq(attributions.shopId, store.shopId))),
  };
}

describe('an order placed with a code', () => {
  it('uses it, in whatever letters it was typed', async () => {
    const store = await storeWithCode();
    const order = await store.order([` ${store.text.toLowerCase()}`.trim()]);
    expect(await store.code()).toMatchObject({ usedOrderId: order.id, usedAt: new Date(order.processedAt) });
    const facts = await all.inShop(store.shopId, (shop) => loadScenarioFacts(shop, [store.enrollmentId]));
    expect(facts.get(store.enrollmentId)?.code?.usedAt).not.toBeNull();
  });

  it('uses it for good: Shopify gives none back when the order is cancelled', async () => {
    const store = await storeWithCode();
    const order = await store.order([store.text]);
    all.context.actions.cancelOrder(store.domain, order.id);
    await store.catchUp();
    expect(await store.code()).toMatchObject({ usedOrderId: order.id });
  });

  it('uses a made code whoever brings it, and leaves other codes alone', async () => {
    const store = await storeWithCode();
    const [other] = await store.withCodes(1);
    const order = await store.order([store.text], { email: 'friend@example.com' });
    expect(await store.code()).toMatchObject({ usedOrderId: order.id });
    expect(await store.codes([other ?? 0])).toMatchObject([{ usedAt: null }]);
  });

  it('uses a fixed code for the order’s own customer alone', async () => {
    const store = await storeWithCode(FIXED);
    all.context.actions.createDiscount(store.domain, { code: 'LUNE10', percentage: 0.1 });
    const [other = 0] = await store.withCodes(1);
    const order = await store.order(['LUNE10']);
    expect(await store.code()).toMatchObject({ usedOrderId: order.id });
    expect(await store.codes([other])).toMatchObject([{ usedAt: null }]);
  });
});

describe('an e-mail that shows a code', () => {
  it('is held back at the hand-over itself once the code was used or ended', async () => {
    const store = await storeWithCode();
    const claimId = '018f0000-0000-7000-8000-000000000001';
    const handOver = async (showsCode: boolean) => {
      await all.inShop(store.shopId, ({ tx }) =>
        tx
          .update(messages)
          .set({ status: 'claimed', claimId, ground: 'left-checkout' })
          .where(eq(messages.id, store.message.id)),
      );
      const row = { id: store.message.id, subject: 'Yours', showsCode };
      return all.inShop(store.shopId, (shop) => markHandedOver(shop, [row], { claimId, at: all.now() }));
    };
    expect(await handOver(true)).toEqual([store.message.id]);
    await store.order([store.text]);
    expect(await handOver(true)).toEqual([]);
    expect(await handOver(false)).toEqual([store.message.id]);
    const ended = await storeWithCode();
    all.context.actions.deactivateDiscount(ended.domain, ended.inShopify()[0]?.id ?? '');
    await ended.catchUp();
    const row = { id: ended.message.id, subject: 'Yours', showsCode: true };
    await all.inShop(ended.shopId, ({ tx }) =>
      tx.update(messages).set({ status: 'claimed', claimId, ground: 'left-checkout' }).where(eq(messages.id, row.id)),
    );
    expect(await all.inShop(ended.shopId, (shop) => markHandedOver(shop, [row], { claimId, at: all.now() }))).toEqual(
      [],
    );
  });
});

describe('an order counts', () => {
  it('for the last e-mail that carried its code, where no click says otherwise', async () => {
    const store = await storeWithCode();
    const order = await store.order([store.text]);
    expect(await store.attribute(order.id)).toBe('attributed');
    expect(await store.attribute(order.id)).toBe('attributed');
    expect(await store.attributed()).toMatchObject([
      { orderId: order.id, messageId: store.message.id, scenario: 'birthday', by: 'code' },
    ]);
    const month = { from: new Date(all.now().getTime() - 30 * DAY), to: all.now() };
    const figures = await all.inShop(store.shopId, (shop) => loadHomeFigures(shop, month));
    expect(figures).toMatchObject({ orders: 1, amount: '36.0000' });
  });

  it('by its fixed code too', async () => {
    const store = await storeWithCode(FIXED);
    all.context.actions.createDiscount(store.domain, { code: 'LUNE10', percentage: 0.1 });
    const order = await store.order(['LUNE10']);
    await store.attribute(order.id);
    expect(await store.attributed()).toMatchObject([{ messageId: store.message.id, by: 'code' }]);
  });

  it('for nothing when its code came from elsewhere, or the e-mail went out after it', async () => {
    const store = await storeWithCode();
    const plain = await store.order([]);
    expect(await store.attribute(plain.id)).toBe('no-click');
    await all.inShop(store.shopId, ({ tx }) =>
      tx
        .update(messages)
        .set({ sentAt: new Date(all.now().getTime() + HOUR) })
        .where(eq(messages.id, store.message.id)),
    );
    const early = await store.order([store.text]);
    expect(await store.attribute(early.id)).toBe('no-click');
    expect(await store.attributed()).toEqual([]);
  });

  it('for the e-mail clicked last before it, told in time or late, and never again for the code', async () => {
    const store = await storeWithCode();
    const order = await store.order([store.text]);
    await store.attribute(order.id);
    const [clicked = 0] = await store.enroll(1, 'welcome', store.buyer.id);
    await store.advance([clicked]);
    await store.issue([clicked]);
    await store.advance([clicked]);
    const [hello] = await store.messages([clicked]);
    if (!hello) throw new Error('The e-mail was not planned');
    const at = new Date(Date.parse(order.processedAt) - 60_000);
    await all.inShop(store.shopId, (shop) =>
      recordClick(shop, { eventId: 'e1', messageId: hello.id, customerId: store.buyer.id, at, url: '', person: true }),
    );
    await store.attribute(order.id);
    await store.attribute(order.id);
    expect(await store.attributed()).toMatchObject([{ messageId: hello.id, scenario: 'welcome', by: 'click' }]);
  });
});

describe('a discount the owner', () => {
  it.each(['deactivateDiscount', 'deleteDiscount'] as const)('ends early takes its codes along: %s', async (verb) => {
    const store = await storeWithCode();
    all.context.actions[verb](store.domain, store.inShopify()[0]?.id ?? '');
    await store.catchUp();
    const endsAt = (await store.code())?.endsAt?.getTime() ?? Number.POSITIVE_INFINITY;
    expect(endsAt).toBeLessThanOrEqual(all.now().getTime() + 1000);
  });

  it('shortens ends its codes then; resumed, they count again', async () => {
    const store = await storeWithCode();
    const { id = '' } = store.inShopify()[0] ?? {};
    const sooner = new Date(all.now().getTime() + 2 * DAY);
    all.context.actions.updateDiscount(store.domain, id, { endsAt: sooner.toISOString() });
    await store.catchUp();
    expect(await store.code()).toMatchObject({ endsAt: sooner });
    all.context.actions.deactivateDiscount(store.domain, id);
    await store.catchUp();
    all.context.actions.updateDiscount(store.domain, id, { endsAt: sooner.toISOString() });
    await store.catchUp();
    expect(await store.code()).toMatchObject({ endsAt: sooner });
  });

  it('made themselves is none of our business', async () => {
    const store = await storeWithCode();
    all.context.actions.createDiscount(store.domain, { code: 'THEIRS', percentage: 0.2 });
    const theirs = store.inShopify().find(({ title }) => title === 'THEIRS');
    all.context.actions.deactivateDiscount(store.domain, theirs?.id ?? '');
    const asked = store.calls.length;
    await store.catchUp();
    expect((await all.outcomes(store.shopId)).filter(({ topic }) => topic === 'discounts/update')).toMatchObject([
      { outcome: 'ignored: not-our-discount' },
    ]);
    expect(store.calls).toHaveLength(asked);
  });
});

describe('tidying', () => {
  it('takes discounts out of Shopify a week after their end, and no other', async () => {
    const store = await storeWithCode();
    all.context.actions.createDiscount(store.domain, {
      code: 'THEIRS',
      percentage: 0.2,
      endsAt: all.now().toISOString(),
    });
    all.advanceClock(16 * DAY);
    await store.tidy();
    expect(store.inShopify()).toHaveLength(2);
    await store.withCodes(1);
    all.advanceClock(7 * DAY);
    all.context.faults.down = true;
    await expect(store.tidy()).rejects.toThrow();
    all.context.faults.down = false;
    await store.tidy();
    expect(store.inShopify().map(({ title }) => title)).toEqual(['THEIRS', expect.stringContaining('Relance')]);
    const [first, second] = await store.discounts();
    expect(first?.tidiedAt).not.toBeNull();
    expect(second?.tidiedAt).toBeNull();
    expect(await store.code()).toMatchObject({ discountId: first?.id });
  });

  it('goes on past one that Shopify will not delete', async () => {
    const store = await openStore(all);
    await store.withCodes(1);
    all.advanceClock(DAY);
    await store.withCodes(1);
    all.advanceClock(30 * DAY);
    const [stuck, other] = await store.discounts();
    const tidy = makeTidyCodes({
      ...all,
      admin: {
        async run(shopDomain, document, variables) {
          if (document.name === 'DeleteDiscount' && variables?.id === stuck?.shopifyId) {
            throw new AdminError('refused', 'Discount is locked');
          }
          return all.admin.run(shopDomain, document, variables);
        },
      },
    });
    await tidy({ shopId: store.shopId });
    expect(await store.discounts()).toMatchObject([
      { id: stuck?.id, tidiedAt: null },
      { id: other?.id, tidiedAt: expect.any(Date) },
    ]);
    expect(await store.jobs('codes.tidy')).toEqual([]);
  });

  it('leaves one the owner gave a later end until then', async () => {
    const store = await storeWithCode();
    const endsAt = new Date(all.now().getTime() + 60 * DAY);
    const quiet = { quiet: true };
    all.context.actions.updateDiscount(
      store.domain,
      store.inShopify()[0]?.id ?? '',
      { endsAt: endsAt.toISOString() },
      quiet,
    );
    all.advanceClock(30 * DAY);
    await store.tidy();
    expect(store.inShopify()).toHaveLength(1);
    expect(await store.discounts()).toMatchObject([{ tidiedAt: null, endsAt }]);
  });

  it('asks nothing of a shop that is gone, and is asked for by every reconciliation', async () => {
    const store = await storeWithCode();
    await all.inShop(store.shopId, (shop) => markReconciled(shop, { until: all.now() }));
    await all.reconcile({ shopId: store.shopId });
    expect(await store.jobs('codes.tidy')).toEqual([{ shopId: store.shopId }]);
    all.advanceClock(40 * DAY);
    all.context.actions.uninstallApp(store.domain);
    await store.catchUp();
    const asked = store.calls.length;
    await store.tidy();
    expect(store.calls).toHaveLength(asked);
    expect(await store.discounts()).toMatchObject([{ tidiedAt: null }]);
  });
});
