/** The languages the owner uses hold wherever a shopper is written to: the sender, the preview, the preference page. */
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { PgBoss } from 'pg-boss';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import { DEFAULT_SHOP_SETTINGS, type EmailLanguages } from '../../app/domain/shop';
import type { Language } from '../../app/lib/language';
import { signToken } from '../../app/lib/signed-token';
import { makeLogger } from '../../app/log.server';
import { claimDue } from '../../app/pipeline/claim';
import { makeCompiledEmails } from '../../app/pipeline/compiled-emails';
import { makePreferencePages } from '../../app/pipeline/preferences';
import { makePreview } from '../../app/pipeline/preview';
import { startBoss } from '../../app/queue/boss';
import { makeQueue } from '../../app/queue/enqueue';
import { customers } from '../../app/store/schema';
import { inShop } from '../../app/store/scope';
import { saveShopSettings } from '../../app/store/shop-settings';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { seedCustomer, seedMessage, seedShop } from './seed';

const NOW = new Date('2026-03-03T10:00:00Z');
const SECRET = 'l'.repeat(32);
const clock = { now: () => NOW };
const settings = { hasProviderKey: true, sharedSender: 'post@relance.example' };
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

/** In which language the preview, the sender and the preference page speak to somebody of this locale, in a French store. */
async function spokenTo(locale: string | null, languages: EmailLanguages): Promise<(Language | undefined)[]> {
  const { db } = connection;
  const shopId = await seedShop(db, { now: NOW });
  const customerId = await seedCustomer(db, shopId);
  await inShop(db, shopId, async (shop) => {
    await saveShopSettings(shop, { ...DEFAULT_SHOP_SETTINGS, languages });
    await shop.tx.update(customers).set({ locale }).where(eq(customers.id, customerId));
  });
  const preview = makePreview({
    db,
    clock,
    settings,
    compiled: makeCompiledEmails(),
    links: { appUrl: 'https://relance.example', linkSecret: SECRET },
  });
  const shown = await preview.render(shopId, { key: 'welcome', email: 'welcome-2', customerId, language: null });
  const due = await seedMessage(db, shopId, { customerId, now: NOW });
  const { claims } = await inShop(db, shopId, (shop) =>
    claimDue(shop, {
      messageIds: [due],
      claimId: randomUUID(),
      now: NOW,
      settings,
      providerPaused: false,
      ordersConfirmed: true,
    }),
  );
  const pages = makePreferencePages({ db, queue: makeQueue(boss), clock, linkSecret: SECRET });
  const page = await pages.read(signToken(SECRET, 'preferences', `${shopId}:${customerId}`));
  return [
    'language' in shown ? shown.language : undefined,
    claims[0]?.language,
    page && page !== 'gone' ? page.language : undefined,
  ];
}

it.each<[string | null, EmailLanguages, Language]>([
  ['en-GB', { use: ['fr', 'en'], fallback: null }, 'en'],
  ['en-GB', { use: ['fr'], fallback: null }, 'fr'],
  ['fr', { use: ['en'], fallback: null }, 'en'],
  ['de', { use: ['fr', 'en'], fallback: null }, 'fr'],
  ['de', { use: ['fr', 'en'], fallback: 'en' }, 'en'],
  [null, { use: ['fr', 'en'], fallback: 'en' }, 'en'],
])('whoever reads %s in a store that uses %j is spoken to in %s', async (locale, languages, expected) => {
  expect(await spokenTo(locale, languages)).toEqual([expected, expected, expected]);
});
