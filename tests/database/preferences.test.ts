import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { eq } from 'drizzle-orm';
import express from 'express';
import type { PgBoss } from 'pg-boss';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import { SCENARIO_KEYS } from '../../app/domain/scenario';
import type { AdminClient } from '../../app/gateways/shopify/admin-client';
import { AdminError } from '../../app/gateways/shopify/admin-error';
import { signToken } from '../../app/lib/signed-token';
import { makeLogger } from '../../app/log.server';
import { makeOpenTrackingPage } from '../../app/pipeline/open-tracking';
import { makePreferencePages, type PreferenceChoice } from '../../app/pipeline/preferences';
import { startBoss } from '../../app/queue/boss';
import { makeQueue } from '../../app/queue/enqueue';
import { preferencesRouter } from '../../app/routes/preferences';
import { movePerson } from '../../app/store/move-person';
import { customers, messages } from '../../app/store/schema';
import { inShop } from '../../app/store/scope';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { seedCustomer, seedMessage, seedShop } from './seed';

const NOW = new Date('2026-03-03T10:00:00Z');
const SECRET = 'p'.repeat(32);
let database: TestDatabase;
let connection: Connection;
let boss: PgBoss;

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect({ url: database.appUrl });
  boss = await startBoss({ url: database.appUrl, role: 'web', log: makeLogger('silent') });
});
afterAll(async () => {
  await boss.stop({ graceful: false });
  await connection.close();
  await database.drop();
});

const pages = () =>
  makePreferencePages({ db: connection.db, queue: makeQueue(boss), clock: { now: () => NOW }, linkSecret: SECRET });
const tokenOf = (shopId: number, customerId: string) => signToken(SECRET, 'preferences', `${shopId}:${customerId}`);

/** The form as it is sent when nothing in it was touched. */
const UNTOUCHED: PreferenceChoice = {
  none: false,
  subscribe: false,
  fewer: false,
  wanted: [...SCENARIO_KEYS],
  birthDate: null,
  language: '',
};

async function person() {
  const shopId = await seedShop(connection.db, { now: NOW });
  const id = await seedCustomer(connection.db, shopId);
  const row = async () =>
    (await inShop(connection.db, shopId, ({ tx }) => tx.select().from(customers).where(eq(customers.id, id))))[0];
  return { shopId, id, token: tokenOf(shopId, id), row };
}

describe('the preference page', () => {
  it('changes nothing by being read', async () => {
    const { token, row } = await person();
    const before = await row();
    expect(await pages().read(token)).toMatchObject({ shopName: 'Maison Lune', language: 'fr', consent: 'subscribed' });
    expect(await row()).toEqual(before);
  });

  it('unsubscribes at once and tells Shopify once, however often it is asked', async () => {
    const { shopId, id, token, row } = await person();
    expect(await pages().unsubscribe(token)).toBe(true);
    expect(await pages().unsubscribe(token)).toBe(true);
    expect(await row()).toMatchObject({ consentState: 'unsubscribed', consentUpdatedAt: NOW });
    const jobs = await boss.findJobs('consent.push', { data: { shopId, customerId: id } });
    expect(jobs).toHaveLength(1);
  });

  it('keeps which kinds are wanted and whether fewer', async () => {
    const { token, row } = await person();
    expect(await pages().save(token, { ...UNTOUCHED, fewer: true, wanted: ['welcome', 'no-such-kind'] })).toBe('kept');
    const others = SCENARIO_KEYS.filter((key) => key !== 'welcome');
    expect((await row())?.preferences).toEqual({ refused: others, fewer: true });
    expect(await pages().read(token)).toMatchObject({
      fewer: true,
      kinds: [{ key: 'welcome', wanted: true }, ...others.map((key) => ({ key, wanted: false }))],
    });
  });

  it('keeps a birth date and tells Shopify once; a wrong one keeps nothing', async () => {
    const { shopId, id, token, row } = await person();
    const choice = { ...UNTOUCHED, fewer: true };
    expect(await pages().save(token, { ...choice, birthDate: '1985-02-29' })).toBe('birth-date-refused');
    expect(await row()).toMatchObject({ birthDate: null, preferences: { fewer: false } });
    for (let turn = 0; turn < 2; turn += 1) {
      expect(await pages().save(token, { ...choice, birthDate: '1984-02-29' })).toBe('kept');
    }
    expect(await row()).toMatchObject({ birthDate: '1984-02-29' });
    expect(await boss.findJobs('birth-date.push', { data: { shopId, customerId: id } })).toHaveLength(1);
  });

  it('deletes a birth date whose field was emptied, tells Shopify once, and a birthday that waits does not come', async () => {
    const { shopId, id, token, row } = await person();
    await pages().save(token, { ...UNTOUCHED, birthDate: '1990-03-04' });
    const waiting = await seedMessage(connection.db, shopId, {
      ...{ customerId: id, now: NOW, scenario: 'birthday', email: 'birthday-1' },
    });
    const other = await seedMessage(connection.db, shopId, { customerId: id, now: NOW });
    for (let turn = 0; turn < 2; turn += 1) {
      expect(await pages().save(token, { ...UNTOUCHED, birthDate: '' })).toBe('kept');
    }
    expect(await row()).toMatchObject({ birthDate: null, birthDateUnpushed: true });
    expect(await pages().read(token)).toMatchObject({ birthDate: null });
    const jobs = await boss.findJobs('birth-date.push', { data: { shopId, customerId: id } });
    expect(jobs).toHaveLength(2);
    const mails = await inShop(connection.db, shopId, ({ tx }) =>
      tx.select().from(messages).where(eq(messages.customerId, id)),
    );
    expect(mails.find((one) => one.id === waiting)).toMatchObject({ status: 'withheld', reason: 'birth-date-gone' });
    expect(mails.find((one) => one.id === other)).toMatchObject({ status: 'planned' });
    await pages().save(token, { ...UNTOUCHED, birthDate: '1991-05-06' });
    expect(await row()).toMatchObject({ birthDate: '1991-05-06', preferences: { refused: [], fewer: false } });
  });

  it.each(['not_subscribed', 'pending'] as const)(
    'keeps a wish for fewer of somebody reminded on another ground (%s), and neither unsubscribes nor subscribes them',
    async (consentState) => {
      const { shopId, id, token, row } = await person();
      await inShop(connection.db, shopId, ({ tx }) =>
        tx.update(customers).set({ consentState }).where(eq(customers.id, id)),
      );
      expect(await pages().read(token)).toMatchObject({ consent: 'not-subscribed' });
      expect(await pages().save(token, { ...UNTOUCHED, fewer: true })).toBe('kept');
      expect(await row()).toMatchObject({ consentState, preferences: { fewer: true } });
      expect(await boss.findJobs('consent.push', { data: { shopId, customerId: id } })).toEqual([]);
    },
  );

  it.each(['not_subscribed', 'pending'] as const)(
    'gives no consent to somebody who had none (%s), asked for no e-mails, and takes that back',
    async (consentState) => {
      const { shopId, id, token, row } = await person();
      await inShop(connection.db, shopId, ({ tx }) =>
        tx.update(customers).set({ consentState }).where(eq(customers.id, id)),
      );
      await pages().save(token, { ...UNTOUCHED, none: true });
      expect(await row()).toMatchObject({ consentState: 'unsubscribed' });
      expect(await pages().read(token)).toMatchObject({ consent: 'none' });
      expect(await pages().save(token, UNTOUCHED)).toBe('kept');
      expect(await row()).toMatchObject({ consentState: 'unsubscribed' });
    },
  );

  it('lets somebody come back who says so in so many words, and tells them and Shopify', async () => {
    const { shopId, id, token, row } = await person();
    await pages().save(token, { ...UNTOUCHED, none: true, wanted: [] });
    expect(await pages().read(token)).toMatchObject({ consent: 'none', maySubscribe: true });
    expect(await pages().save(token, { ...UNTOUCHED, subscribe: true })).toBe('subscribed');
    expect(await row()).toMatchObject({ consentState: 'subscribed', preferences: { refused: [], fewer: false } });
    expect(await boss.findJobs('consent.push', { data: { shopId, customerId: id } })).not.toEqual([]);
    expect(await pages().save(token, { ...UNTOUCHED, subscribe: true })).toBe('kept');
  });

  it('takes no consent together with a wish for none, from a bounced address, or before a double opt-in', async () => {
    const { shopId, id, token, row } = await person();
    const become = (change: Partial<typeof customers.$inferInsert>) =>
      inShop(connection.db, shopId, ({ tx }) => tx.update(customers).set(change).where(eq(customers.id, id)));
    await pages().save(token, { ...UNTOUCHED, none: true, subscribe: true });
    expect(await row()).toMatchObject({ consentState: 'unsubscribed' });
    await become({ consentState: 'pending' });
    expect(await pages().read(token)).toMatchObject({ maySubscribe: false });
    await pages().save(token, { ...UNTOUCHED, subscribe: true });
    expect(await row()).toMatchObject({ consentState: 'pending' });
    await become({ consentState: 'unsubscribed', suppressed: 'bounced' });
    expect(await pages().read(token)).toMatchObject({ maySubscribe: false });
    expect(await pages().save(token, { ...UNTOUCHED, subscribe: true })).toBe('kept');
    expect(await row()).toMatchObject({ consentState: 'unsubscribed' });
  });

  it('keeps the language they choose, above the one Shopify knows, and through a merge', async () => {
    const { shopId, id, token, row } = await person();
    await pages().save(token, { ...UNTOUCHED, language: 'en' });
    expect(await pages().read(token)).toMatchObject({ language: 'en', languages: ['fr', 'en'] });
    await pages().save(token, { ...UNTOUCHED, fewer: true, language: 'de' });
    expect((await row())?.preferences).toEqual({ refused: [], fewer: true, language: 'en' });
    const into = await seedCustomer(connection.db, shopId);
    await inShop(connection.db, shopId, (shop) => movePerson(shop, { from: id, to: into, at: NOW }));
    expect(await pages().read(tokenOf(shopId, into))).toMatchObject({ language: 'en', fewer: true });
    expect(await pages().read(token)).toMatchObject({ language: 'en', fewer: true });
  });

  it('knows nobody by a forged, foreign or broken link', async () => {
    const { shopId, id } = await person();
    const forged = [
      signToken('q'.repeat(32), 'preferences', `${shopId}:${id}`),
      signToken(SECRET, 'click', `${shopId}:${id}`),
      'x',
      '',
    ];
    for (const token of forged) {
      expect(await pages().read(token)).toBeNull();
      expect(await pages().unsubscribe(token)).toBe(false);
    }
  });

  it('sends whoever chooses about the opening of e-mails to Shopify’s page, and says when it cannot', async () => {
    const { shopId, id, token, row } = await person();
    const asked: object[] = [];
    let answer: () => object | null = () => ({ openTrackingUrl: 'https://shop.example/choice' });
    const admin: AdminClient = {
      async run(_shop, document, variables = {}) {
        asked.push(variables);
        return document.read({ customer: { defaultEmailAddress: answer() } });
      },
    };
    const find = makeOpenTrackingPage({ db: connection.db, admin, linkSecret: SECRET });
    expect(await pages().read(token)).toMatchObject({ openTracking: 'not-agreed' });
    const before = await row();
    expect(await find(token)).toEqual({ url: 'https://shop.example/choice' });
    expect([asked, await row()]).toEqual([[{ id: `gid://shopify/Customer/${id}` }], before]);
    answer = () => null;
    expect(await find(token)).toBe('away');
    answer = () => {
      throw new AdminError('unavailable', 'no answer');
    };
    expect(await find(token)).toBe('away');
    expect(await find(signToken('q'.repeat(32), 'preferences', `${shopId}:${id}`))).toBe('unknown');
    await inShop(connection.db, shopId, ({ tx }) => tx.insert(customers).values({ shopId, id: 'guest:1' }));
    expect(await pages().read(tokenOf(shopId, 'guest:1'))).toMatchObject({ openTracking: null });
    expect(await find(tokenOf(shopId, 'guest:1'))).toBe('away');
  });

  it('takes a wish to get nothing from somebody who is gone, and from the link of a test, without changing anyone', async () => {
    const { shopId, id, row } = await person();
    for (const token of [tokenOf(shopId, '404'), tokenOf(shopId, 'sample')]) {
      expect(await pages().unsubscribe(token)).toBe(true);
    }
    expect(await pages().read(tokenOf(shopId, 'sample'))).toMatchObject({ shopName: 'Maison Lune' });
    expect(await pages().read(tokenOf(shopId, '404'))).toBe('gone');
    expect(await pages().read(tokenOf(999_999, id))).toBe('gone');
    expect(await row()).toMatchObject({ id, consentState: 'subscribed' });
  });

  it('keeps the refusal of a guest whose cart was removed, should they come back', async () => {
    const { shopId } = await person();
    const id = 'guest:00000000000000aa';
    const state = async () => {
      const [row] = await inShop(connection.db, shopId, ({ tx }) =>
        tx.select().from(customers).where(eq(customers.id, id)),
      );
      return row?.consentState;
    };
    await inShop(connection.db, shopId, ({ tx }) => tx.insert(customers).values({ shopId, id, deletedAt: NOW }));
    expect(await pages().unsubscribe(tokenOf(shopId, id))).toBe(true);
    expect(await state()).toBe('unsubscribed');
    await inShop(connection.db, shopId, ({ tx }) =>
      tx.update(customers).set({ consentState: 'redacted' }).where(eq(customers.id, id)),
    );
    expect(await pages().unsubscribe(tokenOf(shopId, id))).toBe(true);
    expect(await state()).toBe('redacted');
  });

  it('answers a one-click unsubscribe of somebody who is gone as done, and a forged one as not found', async () => {
    const { shopId, id } = await person();
    const app = express().use(preferencesRouter(pages(), async () => 'away'));
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const ask = async (path: string, method = 'GET') => {
      const { port } = server.address() as AddressInfo;
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers: { 'accept-language': 'en' } });
      return [answer.status, /role="status">([^<]+)/.exec(await answer.text())?.[1] ?? null];
    };
    await inShop(connection.db, shopId, ({ tx }) =>
      tx.update(customers).set({ deletedAt: NOW }).where(eq(customers.id, id)),
    );
    const token = tokenOf(shopId, id);
    const gone = [200, 'The store no longer has your address: you will get no more of its e-mails.'];
    for (const path of [`/unsubscribe/${token}`, `/preferences/${token}`]) {
      expect(await ask(path, 'POST')).toEqual(gone);
      expect(await ask(path)).toEqual(gone);
    }
    expect(await ask(`/unsubscribe/${token}x`, 'POST')).toEqual([404, null]);
    server.close();
  });

  it('leaves a message that was planned to its last look', async () => {
    const { shopId, id, token } = await person();
    const message = await seedMessage(connection.db, shopId, { customerId: id, now: NOW });
    await pages().unsubscribe(token);
    const [row] = await inShop(connection.db, shopId, ({ tx }) =>
      tx.select().from(messages).where(eq(messages.id, message)),
    );
    expect(row?.status).toBe('planned');
  });
});
