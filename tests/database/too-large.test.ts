/** No e-mail goes out that Gmail would cut: refused when it is written, told in the preview, withheld with its reason at the last moment. */
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import { describeContentIssue } from '../../app/emails/content-issues';
import { makeMailer } from '../../app/gateways/sendgrid/mailer';
import { makeLogger } from '../../app/log.server';
import { makeCommands } from '../../app/pipeline/commands';
import { makeCompiledEmails } from '../../app/pipeline/compiled-emails';
import { makeDeliver } from '../../app/pipeline/deliver';
import { makePreview } from '../../app/pipeline/preview';
import { PREBUILT_EMAILS } from '../../app/scenarios/emails';
import { customers, decisions, messages } from '../../app/store/schema';
import { inShop } from '../../app/store/scope';
import { API_KEY, SENDER, startTestSandbox, type TestSandbox } from '../../sandbox/sendgrid/testing';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { seedCustomer, seedMessage, seedShop } from './seed';

const NOW = new Date('2026-03-03T10:00:00Z');
let database: TestDatabase;
let connection: Connection;
let sandbox: TestSandbox;

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect({ url: database.workerUrl });
  sandbox = await startTestSandbox();
});
afterAll(async () => {
  await sandbox.close();
  await connection.close();
  await database.drop();
});

const parts = () => ({
  db: connection.db,
  queue: { enqueue: async () => {} },
  clock: { now: () => NOW },
  log: makeLogger('silent'),
  mailer: makeMailer({ apiKey: API_KEY, baseUrl: `${sandbox.url}/sendgrid` }),
  senders: null,
  compiled: makeCompiledEmails(),
  links: { appUrl: 'https://app.example', linkSecret: 'x'.repeat(32) },
  settings: { hasProviderKey: true, sharedSender: SENDER },
  confirmOrders: async () => true,
});

/** The second welcome with these paragraphs in front. */
function withTexts(...french: string[]) {
  const email = PREBUILT_EMAILS.welcome.find(({ key }) => key === 'welcome-2');
  if (!email) throw new Error('There is no second welcome');
  const texts = french.map((fr, index) => ({ id: `more-${index}`, type: 'text', text: { fr, en: 'Short.' } }));
  // Without a code to wait for.
  return { offer: null, emails: { 'welcome-2': { ...email, blocks: [...texts, ...email.blocks] } } };
}

/** An edit of the welcome. */
const welcome = (overlay: object) => ({ key: 'welcome', overlay }) as const;

/** Paragraphs of 3,900 signs, each under the limit of its field. */
const withParagraphs = (count: number) => withTexts(...Array.from({ length: count }, () => 'à '.repeat(1950)));

describe('an edit that makes an e-mail too large', () => {
  it('is refused at this e-mail with the figures and the mend, and nothing of it is kept', async () => {
    const shopId = await seedShop(connection.db, { now: NOW });
    const saved = await makeCommands(parts()).saveScenario(shopId, welcome(withParagraphs(16)));
    if (saved.ok || !('errors' in saved)) throw new Error('It was saved');
    expect(saved.errors).toEqual([
      { path: 'emails.welcome-2.blocks', code: 'too-large', params: { size: expect.any(Number), max: 90 } },
    ]);
    expect(saved.errors[0]?.params?.size).toBeGreaterThan(90);
    const details = { size: '104', max: '90' };
    const issue = { path: '', code: 'too-large', details } as const;
    expect(describeContentIssue(issue, 'en')).toBe(
      'Filled in, this e-mail is 104 KB; beyond 90 KB Gmail hides its end. Shorten its texts.',
    );
    expect(describeContentIssue(issue, 'fr')).toContain('pèse 104\u00a0ko');
    // Half of it fits.
    expect(await makeCommands(parts()).saveScenario(shopId, welcome(withParagraphs(6)))).toEqual({ ok: true });
  });

  it('is marked while it is written, whichever of its languages the preview shows', async () => {
    const shopId = await seedShop(connection.db, { now: NOW });
    for (const language of ['fr', 'en'] as const) {
      const rendered = await makePreview(parts()).render(shopId, {
        key: 'welcome',
        email: 'welcome-1',
        customerId: null,
        language,
        draft: withParagraphs(16),
      });
      expect('error' in rendered && rendered.error.map(({ path, code }) => `${path} ${code}`)).toEqual([
        'emails.welcome-2.blocks too-large',
      ]);
    }
  });
});

describe('a person whose own data make an e-mail too large', () => {
  it('does not get it, with a reason that says so; everybody else does, and the preview tells beforehand', async () => {
    const shopId = await seedShop(connection.db, { now: NOW });
    const people = [await seedCustomer(connection.db, shopId), await seedCustomer(connection.db, shopId)] as const;
    const [large, usual] = people;
    // Sound by itself, and with any usual name.
    const overlay = withTexts('{first_name|vous} '.repeat(150));
    expect(await makeCommands(parts()).saveScenario(shopId, welcome(overlay))).toEqual({ ok: true });
    await inShop(connection.db, shopId, ({ tx }) =>
      tx
        .update(customers)
        .set({ firstName: '"'.repeat(300) })
        .where(and(eq(customers.shopId, shopId), eq(customers.id, large))),
    );
    const ids: string[] = [];
    for (const customerId of people) ids.push(await seedMessage(connection.db, shopId, { customerId, now: NOW }));
    const notesFor = async (customerId: string) => {
      const shown = await makePreview(parts()).render(shopId, {
        key: 'welcome',
        email: 'welcome-2',
        customerId,
        language: null,
      });
      return 'error' in shown ? shown.error : shown.notes;
    };
    expect([await notesFor(large), await notesFor(usual)]).toEqual([['too-large'], []]);
    await makeDeliver(parts())(shopId, ids);
    const found = await inShop(connection.db, shopId, async ({ tx }) => ({
      rows: await tx.select().from(messages).where(eq(messages.shopId, shopId)),
      told: await tx.select().from(decisions).where(eq(decisions.customerId, large)),
    }));
    const stateOf = (id: string) => {
      const row = found.rows.find(({ customerId }) => customerId === id);
      return [row?.status, row?.reason];
    };
    expect([stateOf(large), stateOf(usual)]).toEqual([
      ['withheld', 'too-large'],
      ['sent', null],
    ]);
    expect(found.told.map(({ kind, reason, facts }) => ({ kind, reason, facts }))).toEqual([
      { kind: 'withheld', reason: 'too-large', facts: { kilobytes: expect.any(Number), most: 90 } },
    ]);
  });
});
