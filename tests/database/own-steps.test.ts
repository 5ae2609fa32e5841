/** The owner's own tree of steps: who begins after it goes through it, who began before finishes as they began; edits are kept and come back. */
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import { foresee } from '../../app/domain/foresee';
import type { Step } from '../../app/domain/scenario';
import { makeMailer } from '../../app/gateways/sendgrid/mailer';
import { DAY, HOUR } from '../../app/lib/duration';
import { makeLogger } from '../../app/log.server';
import { makeAdvance } from '../../app/pipeline/advance';
import { makeCommands } from '../../app/pipeline/commands';
import { contentOf, makeCompiledEmails } from '../../app/pipeline/compiled-emails';
import { makeDeliver } from '../../app/pipeline/deliver';
import { loadPinnedScenarios, loadScenario, pinnedName } from '../../app/pipeline/effective-scenario';
import { loadCodeSteps } from '../../app/pipeline/held';
import { react } from '../../app/pipeline/react';
import { loadEarlier } from '../../app/pipeline/scenario-edits';
import { whatComesNext } from '../../app/pipeline/what-comes-next';
import { CATALOGUE } from '../../app/scenarios/catalogue';
import { PREBUILT_EMAILS } from '../../app/scenarios/emails';
import { loadWaiting } from '../../app/store/reports/waiting';
import { findScenarioDraft, listScenarioDrafts } from '../../app/store/scenario-drafts';
import { loadScenarioFacts } from '../../app/store/scenario-facts';
import { listScenarioSaves, MOST_SAVES } from '../../app/store/scenario-saves';
import { listScenarioVersions } from '../../app/store/scenario-versions';
import { enrollments, messages } from '../../app/store/schema';
import { inShop, type ShopScope } from '../../app/store/scope';
import { API_KEY, SENDER, startTestSandbox, type TestSandbox } from '../../sandbox/sendgrid/testing';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { seedCustomer, seedShop } from './seed';

const START = new Date('2026-03-03T10:00:00Z');
let now = START;
let database: TestDatabase;
let connection: Connection;
let shopId: number;
let sandbox: TestSandbox;

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect({ url: database.workerUrl });
  sandbox = await startTestSandbox();
});
beforeEach(async () => {
  now = START;
  shopId = await seedShop(connection.db, { now });
});
afterAll(async () => {
  await sandbox.close();
  await connection.close();
  await database.drop();
});

const queue = { enqueue: async () => {} };
const parts = () => ({
  db: connection.db,
  queue,
  clock: { now: () => now },
  log: makeLogger('silent'),
  mailer: makeMailer({ apiKey: API_KEY, baseUrl: `${sandbox.url}/sendgrid` }),
  confirmOrders: async () => true,
  senders: null,
  compiled: makeCompiledEmails(),
  links: { appUrl: 'https://app.example', linkSecret: 'x'.repeat(32) },
  settings: { hasProviderKey: true, sharedSender: SENDER },
});
const commands = () => makeCommands(parts());
const within = <T>(work: (shop: ShopScope) => Promise<T>) => inShop(connection.db, shopId, work);

const [first] = PREBUILT_EMAILS.welcome;
if (!first) throw new Error('A welcome has e-mails');
const HELLO: Step = { kind: 'email', id: 'hello', email: 'welcome-1', expiresAfter: '24h' };
const OWN: Step = { kind: 'email', id: 'own-story01', email: 'own-mail001', expiresAfter: '2d' };
const story = (subject: string) => ({ ...first, key: 'own-mail001', subject: { fr: subject, en: subject } });
/** Hello, three hours, the owner's own story. */
const LONGER = {
  offer: null,
  steps: [HELLO, { kind: 'wait', id: 'own-wait001', duration: '3h' }, OWN],
  emails: { 'own-mail001': story('Our story') },
};
const SHORT = { offer: null, steps: [HELLO] };

const save = (overlay: object, more: object = {}) =>
  commands().saveScenario(shopId, { key: 'welcome', overlay, ...more });

/** Somebody subscribes now; answers their enrollment. */
async function subscribe(): Promise<number> {
  const customerId = await seedCustomer(connection.db, shopId);
  await within((shop) => react({ queue }, shop, [{ type: 'consent.given', customerId, at: now }], now));
  const [row] = await within(({ tx }) =>
    tx
      .select()
      .from(enrollments)
      .where(and(eq(enrollments.shopId, shopId), eq(enrollments.customerId, customerId))),
  );
  if (!row) throw new Error('Nobody was enrolled');
  return row.id;
}

const advance = async (id: number, at: Date) => {
  now = at;
  await makeAdvance(parts())(shopId, [id]);
};
const later = (ms: number) => new Date(START.getTime() + ms);
const planned = async (id: number) => {
  const rows = await within(({ tx }) =>
    tx
      .select()
      .from(messages)
      .where(and(eq(messages.shopId, shopId), eq(messages.enrollmentId, id))),
  );
  return rows.map(
    ({ step, email, plannedAt }) => `${step} ${email} +${(plannedAt.getTime() - START.getTime()) / HOUR} h`,
  );
};

/** Sends what is planned, a day apart for the cap; answers the subjects that arrived, without the welcome's own words. */
async function deliverAll(id: number, from: Date): Promise<string[]> {
  const rows = await within(({ tx }) => tx.select().from(messages).where(eq(messages.enrollmentId, id)));
  for (const [day, row] of rows.toSorted((a, b) => a.plannedAt.getTime() - b.plannedAt.getTime()).entries()) {
    now = new Date(from.getTime() + 4 * HOUR + day * 18 * HOUR);
    await makeDeliver(parts())(shopId, [row.id]);
  }
  const answer = await sandbox.json(`/mailbox/api/messages?arg.shop=${shopId}&limit=500`);
  const { messages: mails } = answer as { messages: { subject: string }[] };
  return mails.map(({ subject }) => (subject.includes('Maison Lune') ? 'Maison Lune' : subject)).toSorted();
}

describe('who begins on the owner’s tree', () => {
  it('goes through it, and the customer page foresees it', async () => {
    expect(await save(LONGER)).toEqual({ ok: true });
    const id = await subscribe();
    await advance(id, START);
    expect(await planned(id)).toEqual(['hello welcome-1 +0 h']);
    const foreseen = await within(async (shop) => {
      const [row] = await shop.tx.select().from(enrollments).where(eq(enrollments.id, id));
      const facts = (await loadScenarioFacts(shop, [id])).get(id);
      const { definition } = await loadScenario(shop, 'welcome', row?.version);
      return row && facts && foresee(definition, row, facts, now);
    });
    expect(foreseen).toMatchObject({ kind: 'email', email: 'own-mail001', at: later(3 * HOUR) });
    await advance(id, later(3 * HOUR));
    expect(await planned(id)).toEqual(['hello welcome-1 +0 h', 'own-story01 own-mail001 +3 h']);
    expect(await deliverAll(id, START)).toEqual(['Maison Lune', 'Our story']);
  });

  it('goes on as they began once it is changed again: same steps, and an e-mail that is gone as it last was', async () => {
    await save(LONGER);
    const id = await subscribe();
    await advance(id, START);
    // Texts of the same structure are everybody's.
    await save({ ...LONGER, emails: { 'own-mail001': story('Our true story') } });
    await save(SHORT);
    const next = await subscribe();
    await advance(id, later(3 * HOUR));
    await advance(next, later(3 * HOUR));
    expect(await planned(id)).toEqual(['hello welcome-1 +0 h', 'own-story01 own-mail001 +3 h']);
    expect(await planned(next)).toEqual(['hello welcome-1 +0 h']);
    const pinned = await within(async (shop) => {
      const [row] = await shop.tx.select().from(enrollments).where(eq(enrollments.id, id));
      return row && (await loadPinnedScenarios(shop, [row])).get(pinnedName(row));
    });
    if (!pinned) throw new Error('The version was not found');
    expect(contentOf(pinned, 'welcome', 'own-mail001').subject.en).toBe('Our true story');
  });

  it('follows new delays and settings while the structure is the same', async () => {
    await save(LONGER);
    const id = await subscribe();
    await advance(id, START);
    const [hello, wait, own] = LONGER.steps;
    await save({ ...LONGER, steps: [hello, { ...wait, duration: '5h' }, own] });
    await advance(id, later(4 * HOUR));
    expect(await planned(id)).toHaveLength(1);
    await advance(id, later(5 * HOUR));
    expect(await planned(id)).toEqual(['hello welcome-1 +0 h', 'own-story01 own-mail001 +5 h']);
  });
});

it('who began on the prebuilt steps finishes them, with the delays of the last day they counted', async () => {
  await save({ offer: null, delays: { 'two-days': '4d' } });
  const id = await subscribe();
  await advance(id, START);
  await save({ offer: null, delays: { 'two-days': '3d' } });
  await save(LONGER);
  await advance(id, later(3 * DAY));
  expect(await planned(id)).toEqual(['hello welcome-1 +0 h', 'choosing welcome-2 +72 h']);
  const [row] = await within(({ tx }) => tx.select().from(enrollments).where(eq(enrollments.id, id)));
  expect(row?.version).toBe(CATALOGUE.welcome.version);
  const coming = await within((shop) => whatComesNext(shop, row?.customerId ?? '', now));
  expect(coming[0]?.after).toMatchObject({ kind: 'email', email: 'welcome-3' });
});

it('steps of every version count as waiting for a code, and people are counted where they wait', async () => {
  await save({ ...LONGER, steps: [HELLO, LONGER.steps[1], { ...OWN, code: {} }] });
  const id = await subscribe();
  await advance(id, START);
  await save(SHORT);
  await within(async (shop) => {
    expect((await loadCodeSteps(shop)).map(({ step }) => step)).toContain('own-story01');
    expect(await loadWaiting(shop, 'welcome')).toEqual({ 'own-wait001': 1 });
  });
});

describe('edits', () => {
  it('of somebody who did not know what was saved meanwhile are refused, and write nothing', async () => {
    expect(await save(SHORT, { basedOn: 1, by: '7' })).toEqual({ ok: true });
    expect(await save(LONGER, { basedOn: 1 })).toEqual({ ok: false, newer: { revision: 2, at: START } });
    expect(await within((shop) => loadScenario(shop, 'welcome'))).toMatchObject({
      revision: 2,
      definition: { version: 1001 },
    });
    expect(await save(LONGER, { basedOn: 2 })).toEqual({ ok: true });
    const saves = await within((shop) => listScenarioSaves(shop, 'welcome'));
    expect(saves.map(({ revision, savedBy, changes }) => [revision, savedBy, changes.map(({ what }) => what)])).toEqual(
      [
        [3, null, ['steps-added']],
        [2, '7', ['steps-removed', 'email-settings']],
      ],
    );
    const earlier = await within((shop) => loadEarlier(shop, 'welcome', 2));
    expect(earlier?.definition.steps).toEqual([{ ...HELLO, urgency: 'asked-for' }]);
  });

  it('are kept fifty deep, and no version somebody is on is forgotten', async () => {
    await save(LONGER);
    const id = await subscribe();
    for (let edit = 0; edit < MOST_SAVES + 3; edit += 1) {
      const steps = [HELLO, { kind: 'wait', id: `own-wait1${edit}`, duration: '3h' }, OWN];
      expect(await save({ ...LONGER, steps })).toEqual({ ok: true });
    }
    await within(async (shop) => {
      expect(await listScenarioSaves(shop, 'welcome')).toHaveLength(MOST_SAVES);
      const versions = (await listScenarioVersions(shop)).map(({ definition }) => definition.version);
      // The fifty latest, and the one somebody is on.
      expect(versions).toHaveLength(51);
      expect(versions).toContain(1001);
    });
    await advance(id, START);
    expect(await planned(id)).toHaveLength(1);
  });
});

describe('a draft', () => {
  const keep = (draft: object, more: object = {}) =>
    commands().keepDraft(shopId, { key: 'welcome', draft, basedOn: 1, follows: null, by: '7', ...more });

  it('stays until it is live or dropped', async () => {
    const kept = await keep({ steps: [] });
    if (!kept.ok) throw new Error('It was not kept');
    const next = await keep({ steps: [1] }, { follows: kept.token });
    expect(next).toMatchObject({ ok: true, liveRevision: 1 });
    expect(await within((shop) => findScenarioDraft(shop, 'welcome'))).toMatchObject({
      draft: { steps: [1] },
      keptBy: '7',
    });
    await save(SHORT);
    expect(await within(listScenarioDrafts)).toEqual([]);
    // What is kept after somebody saved says so.
    expect(await keep({})).toMatchObject({ ok: true, liveRevision: 2 });
    await commands().dropDraft(shopId, { key: 'welcome' });
    expect(await within(listScenarioDrafts)).toEqual([]);
  });

  it('of another window is not written over unknowingly', async () => {
    const theirs = await keep({ emails: 'theirs' });
    expect(await keep({ emails: 'mine' })).toMatchObject({
      ok: false,
      other: { draft: { emails: 'theirs' }, token: theirs.ok && theirs.token },
    });
    expect(await keep({ emails: 'mine' }, { follows: undefined })).toMatchObject({ ok: true });
  });

  it('of another window is neither dropped nor made way for unknowingly', async () => {
    const mine = await keep({ emails: 'mine' });
    if (!mine.ok) throw new Error('It was not kept');
    const theirs = await keep({ emails: 'theirs' }, { follows: mine.token });
    const other = { draft: { emails: 'theirs' }, token: theirs.ok && theirs.token };
    const drop = (follows: string | null) => commands().dropDraft(shopId, { key: 'welcome', follows });
    expect(await drop(mine.token)).toMatchObject({ ok: false, other });
    expect(await save(SHORT, { draftToken: mine.token })).toEqual({ ok: true });
    expect(await save(LONGER, { draftToken: null })).toEqual({ ok: true });
    expect(await within((shop) => findScenarioDraft(shop, 'welcome'))).toMatchObject(other);
    expect(await drop(theirs.ok ? theirs.token : null)).toEqual({ ok: true });
    expect(await within(listScenarioDrafts)).toEqual([]);
  });
});
