/** The owner's settings and brand are one column: what is saved while something else of it changes loses nothing of that. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import { NO_BRAND_SETTINGS } from '../../app/domain/brand';
import { type Commands, makeCommands, type Saved } from '../../app/pipeline/commands';
import { makeCompiledEmails } from '../../app/pipeline/compiled-emails';
import { inShop } from '../../app/store/scope';
import { loadShop, saveShopSettings } from '../../app/store/shop-settings';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { seedShop } from './seed';
import { isWaitedFor } from './waited-for';

const NOW = new Date('2026-03-03T10:00:00Z');
const BLUE = { ...NO_BRAND_SETTINGS, buttonColor: '#0000ff' };
let database: TestDatabase;
let connection: Connection;
let commands: Commands;

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect({ url: database.appUrl });
  commands = makeCommands({
    db: connection.db,
    queue: { enqueue: async () => {} },
    clock: { now: () => NOW },
    mailer: null,
    compiled: makeCompiledEmails(),
    links: { appUrl: 'https://app.example', linkSecret: 'x'.repeat(32) },
    settings: { hasProviderKey: false, sharedSender: null },
    senders: null,
  });
});
afterAll(async () => {
  await connection.close();
  await database.drop();
});

it.each([
  ['brand', (shopId: number) => commands.saveBrand(shopId, BLUE), { senderName: 'Lune', brand: BLUE }],
  [
    'settings',
    (shopId: number) => commands.saveSettings(shopId, { attributionDays: 9 }),
    { senderName: 'Lune', attributionDays: 9, brand: { buttonColor: '#ff0000' } },
  ],
])('the %s are laid over what was saved in that moment', async (_what, save, expected) => {
  const shopId = await seedShop(connection.db, { now: NOW });
  let saving: Promise<Saved> | undefined;
  await inShop(connection.db, shopId, async (shop) => {
    const { settings } = await loadShop(shop);
    const brand = { ...settings.brand, buttonColor: '#ff0000' };
    await saveShopSettings(shop, { ...settings, senderName: 'Lune', brand });
    saving = save(shopId);
    await isWaitedFor(shop);
  });
  expect(await saving).toEqual({ ok: true });
  const { settings } = await inShop(connection.db, shopId, loadShop);
  expect(settings).toMatchObject(expected);
});
