// What the owner changes while codes are given or wanted: the offer, its end, the switch, and the access they grant.
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FixedCodeOffer, Offer } from '../../app/domain/offer';
import { DAY, HOUR } from '../../app/lib/duration';
import { makeCommands } from '../../app/pipeline/commands';
import { makeCompiledEmails } from '../../app/pipeline/compiled-emails';
import { makeDeliver } from '../../app/pipeline/deliver';
import { makeVipTagPush } from '../../app/pipeline/vip-tag-push';
import { endEnrollments } from '../../app/store/enrollments';
import { loadAttention } from '../../app/store/reports/attention';
import { lastPeriods } from '../../app/store/reports/period';
import { codes, customers, decisions, enrollments, messages, shops } from '../../app/store/schema';
import { type CodeShops, openCodeShops, openStore } from './code-shop';

let all: CodeShops;
beforeAll(async () => {
  all = await openCodeShops();
});
afterAll(() => all.close());

const LINKS = { appUrl: 'https://relance.example', linkSecret: 'l'.repeat(32) };
const SETTINGS = { hasProviderKey: true, sharedSender: 'post@relance.example' };
const commands = () =>
  makeCommands({
    ...all,
    ...{ mailer: null, senders: null, compiled: makeCompiledEmails() },
    ...{ links: LINKS, settings: SETTINGS },
  });
const enrollment = async (shopId: number, id: number) => {
  const [row] = await all.inShop(shopId, ({ tx }) =>
    tx
      .select()
      .from(enrollments)
      .where(and(eq(enrollments.shopId, shopId), eq(enrollments.id, id))),
  );
  if (!row) throw new Error('There is no such enrollment');
  return row;
};

describe('the end of the owner’s own code', () => {
  const FIXED: FixedCodeOffer = {
    kind: 'fixed-code',
    code: 'NOEL',
    description: { fr: '10 % sur tout', en: '10% off everything' },
    endsOn: '2027-04-30',
  };
  const save = async (shopId: number, offer: Offer) =>
    expect(await commands().saveScenario(shopId, { key: 'birthday', overlay: { offer } })).toEqual({ ok: true });

  it('moves with the codes already given, and what waits for it looks again', async () => {
    const store = await openStore(all);
    await save(store.shopId, FIXED);
    await commands().switchScenario(store.shopId, 'birthday', true);
    const ids = await store.withCodes(2);
    await store.advance(ids);
    const [used = 0, open = 0] = ids;
    await all.inShop(store.shopId, ({ tx }) =>
      tx.update(codes).set({ usedAt: all.now() }).where(eq(codes.enrollmentId, used)),
    );
    const before = (await enrollment(store.shopId, open)).dueAt;
    expect(before?.getTime()).toBeGreaterThan(all.now().getTime());
    await save(store.shopId, { ...FIXED, code: 'Noel', endsOn: '2027-03-10' });
    expect(await store.codes(ids)).toMatchObject([
      { endsAt: new Date('2027-04-30T22:00:00Z') },
      { endsAt: new Date('2027-03-10T23:00:00Z') },
    ]);
    expect((await enrollment(store.shopId, open)).dueAt?.getTime()).toBeLessThanOrEqual(all.now().getTime());
    await store.advance([open]);
    const after = (await enrollment(store.shopId, open)).dueAt;
    expect(after?.getTime()).toBeLessThan(Date.parse('2027-03-10T23:00:00Z'));
    await save(store.shopId, { ...FIXED, endsOn: null });
    expect(await store.codes([open])).toMatchObject([{ endsAt: null }]);
  });

  it('stays where another code was chosen', async () => {
    const store = await openStore(all);
    await save(store.shopId, FIXED);
    await commands().switchScenario(store.shopId, 'birthday', true);
    const ids = await store.withCodes(1);
    await save(store.shopId, { ...FIXED, code: 'ETE', endsOn: '2027-03-10' });
    expect(await store.codes(ids)).toMatchObject([{ code: 'NOEL', endsAt: new Date('2027-04-30T22:00:00Z') }]);
  });
});

const TEN: Offer = { kind: 'percentage', percent: 10, items: { on: 'all' }, minimum: null, validDays: 14 };

/** A store whose e-mails could go out, and what went. */
async function openSending() {
  const store = await openStore(all);
  const address = { company: 'Lune', line1: '1 rue', line2: '', postalCode: '69001', city: 'Lyon', region: '' };
  await all.inShop(store.shopId, ({ tx }) =>
    tx
      .update(shops)
      .set({ address: { ...address, country: 'France' } })
      .where(eq(shops.shopId, store.shopId)),
  );
  const sent: string[] = [];
  const deliver = makeDeliver({
    ...all,
    mailer: {
      async send(batch) {
        sent.push(...batch.recipients.map(({ substitutions }) => JSON.stringify([batch.text, substitutions])));
        return { kind: 'accepted', providerMessageId: 'p1' };
      },
    },
    ...{ links: LINKS, settings: SETTINGS, compiled: makeCompiledEmails(), confirmOrders: async () => true },
  });
  return {
    ...store,
    sent,
    /** Somebody who may be written to. */
    async enrollOne() {
      const [id = 0] = await store.enroll(1, 'win-back');
      await all.inShop(store.shopId, ({ tx }) =>
        tx.update(customers).set({ consentState: 'subscribed' }).where(eq(customers.shopId, store.shopId)),
      );
      return id;
    },
    async deliver(enrollmentId: number, email: string) {
      const message = (await store.messages([enrollmentId])).find((one) => one.email === email);
      if (!message) throw new Error('It is not planned');
      await deliver(store.shopId, [message.id]);
      return this.message(message.id);
    },
    async message(id: string) {
      const [row] = await all.inShop(store.shopId, ({ tx }) => tx.select().from(messages).where(eq(messages.id, id)));
      return row;
    },
  };
}

describe('an offer chosen once the e-mail was planned without', () => {
  it.each(['under way', 'finished'] as const)('has its code made and shown, %s', async (status) => {
    const store = await openSending();
    await store.setOffer('win-back', null);
    const id = await store.enrollOne();
    await store.advance([id]);
    all.advanceClock(7 * DAY);
    await store.advance([id]);
    if (status === 'finished')
      await all.inShop(store.shopId, (shop) => endEnrollments(shop, [id], { reason: 'finished', at: all.now() }));
    await store.setOffer('win-back', TEN);
    expect(await store.deliver(id, 'win-back-2')).toMatchObject({ status: 'planned', reason: 'code-awaited' });
    expect(await store.deliver(id, 'win-back-2')).toMatchObject({ status: 'planned', reason: 'code-awaited' });
    expect(await store.waiting()).toHaveLength(1);
    expect(await store.jobs('code.issue')).toContainEqual({ shopId: store.shopId, enrollmentId: id });
    await store.issue([id]);
    const [code] = await store.codes([id]);
    expect(code).toMatchObject({ readyAt: expect.any(Date), endsAt: expect.any(Date) });
    const [message] = (await store.messages([id])).filter(({ email }) => email === 'win-back-2');
    expect(await store.jobs('message.deliver')).toContainEqual({ shopId: store.shopId, messageIds: [message?.id] });
    expect(message?.dueAt?.getTime()).toBeLessThanOrEqual(all.now().getTime());
    expect(await store.deliver(id, 'win-back-2')).toMatchObject({ status: 'sent' });
    expect(store.sent.join()).toContain(code?.code);
  });

  it('and taken back before Shopify made it lets the e-mail go without', async () => {
    const store = await openSending();
    await store.setOffer('win-back', null);
    const id = await store.enrollOne();
    await store.advance([id]);
    all.advanceClock(7 * DAY);
    await store.advance([id]);
    await store.setOffer('win-back', TEN);
    await store.deliver(id, 'win-back-2');
    await store.setOffer('win-back', null);
    await store.issue([id]);
    expect(await store.codes([id])).toEqual([]);
    expect(await store.deliver(id, 'win-back-2')).toMatchObject({ status: 'sent' });
  });
});

describe('while nothing may go out', () => {
  it.each([
    [
      'the scenario is off',
      'scenario-off',
      (shopId: number, held: boolean) => commands().switchScenario(shopId, 'birthday', !held),
    ],
    [
      'everything is paused',
      'everything-paused',
      (shopId: number, held: boolean) => commands().pauseEverything(shopId, held),
    ],
  ] as const)('because %s no code is made, and the step goes on afterwards', async (_why, reason, hold) => {
    const store = await openStore(all);
    await store.setOffer('birthday', TEN);
    const [before = 0, during = 0] = await store.enroll(2);
    await store.advance([before]);
    await hold(store.shopId, true);
    await store.issue([before]);
    await store.advance([before, during]);
    await store.advance([before, during]);
    expect(store.inShopify()).toEqual([]);
    const told = await all.inShop(store.shopId, ({ tx }) =>
      tx
        .select()
        .from(decisions)
        .where(eq(decisions.shopId, store.shopId))
        .orderBy(decisions.enrollmentId, decisions.id),
    );
    expect(told.map((one) => [one.enrollmentId, one.kind, one.reason])).toEqual([
      [before, 'waited', 'code-awaited'],
      [before, 'waited', reason],
      [during, 'waited', reason],
    ]);
    expect(await store.codes([during])).toEqual([]);
    expect(await store.messages([before, during])).toEqual([]);
    for (const id of [before, during]) {
      const { dueAt } = await enrollment(store.shopId, id);
      expect(dueAt?.getTime()).toBeGreaterThan(all.now().getTime() + 5 * HOUR);
    }
    await hold(store.shopId, false);
    for (const id of [before, during]) {
      const { dueAt } = await enrollment(store.shopId, id);
      expect(dueAt?.getTime()).toBeLessThanOrEqual(all.now().getTime());
    }
    await store.advance([before, during]);
    await store.issue([before, during]);
    await store.advance([before, during]);
    expect(await store.waiting()).toEqual([]);
    expect(await store.messages([before, during])).toHaveLength(2);
  });
});

describe('the tag of the best customers', () => {
  it('that Shopify refused for want of access is set, or taken away, once the owner grants it', async () => {
    const store = await openStore(all, { scopes: ['read_orders', 'read_products', 'read_customers'] });
    const { actions } = all.context;
    const best = actions.createCustomer(store.domain, { email: 'best@example.com' }).id;
    const left = actions.createCustomer(store.domain, { email: 'left@example.com', tags: ['vip'] }).id;
    const plain = actions.createCustomer(store.domain, { email: 'plain@example.com', tags: ['other'] }).id;
    const rows = [
      { id: best, vipSince: all.now(), tags: [] },
      { id: left, vipSince: null, tags: ['vip'] },
      { id: plain, vipSince: null, tags: ['other'] },
    ];
    await store.catchUp();
    await all.inShop(store.shopId, async ({ tx }) => {
      for (const { id, ...facts } of rows)
        await tx
          .insert(customers)
          .values({ shopId: store.shopId, id, email: `${id}@example.com`, ...facts })
          .onConflictDoUpdate({ target: [customers.shopId, customers.id], set: facts });
    });
    const push = makeVipTagPush({ db: all.db, admin: all.admin, log: all.log });
    const tagsOf = (id: string) => all.context.state.shop(store.domain).customers.get(id)?.tags;
    await push({ shopId: store.shopId, customerId: best });
    expect(tagsOf(best)).toEqual([]);
    const missing = await all.inShop(store.shopId, (shop) =>
      loadAttention(shop, { period: lastPeriods(all.now()).current, scopes: all.context.wantedScopes.join(',') }),
    );
    expect(missing).toMatchObject([{ point: 'scopes-missing' }]);
    actions.changeScopes(store.domain, [...all.context.wantedScopes]);
    await store.catchUp();
    const jobs = (await store.jobs('vip-tag.push')) as { shopId: number; customerId: string }[];
    expect(jobs.map(({ customerId }) => customerId).toSorted()).toEqual([best, left].toSorted());
    for (const job of jobs) await push(job);
    expect(tagsOf(best)).toEqual(['VIP']);
    // Theirs to keep: it was never ours.
    expect(tagsOf(left)).toEqual(['vip']);
  });
});
