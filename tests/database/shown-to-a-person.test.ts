/** What an e-mail shows one person of what the shop knows: picks for them, their code, square pictures. In a preview and in the sender's batch alike. */
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import type { Offer } from '../../app/domain/offer';
import type { ScenarioKey } from '../../app/domain/scenario';
import { DAY } from '../../app/lib/duration';
import { claimDue } from '../../app/pipeline/claim';
import { makeCompiledEmails } from '../../app/pipeline/compiled-emails';
import { groupClaims } from '../../app/pipeline/mail-groups';
import { makePreview, type RenderedPreview } from '../../app/pipeline/preview';
import { codes, messages, orderLines, orders, products, scenarioSettings, variants } from '../../app/store/schema';
import { inShop } from '../../app/store/scope';
import { loadVariantsNow } from '../../app/store/shelf';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { seedCustomer, seedMessage, seedShop } from './seed';

/** A Tuesday, 11:00 in Paris. */
const NOW = new Date('2026-03-03T10:00:00Z');
const LINKS = { appUrl: 'https://app.example', linkSecret: 'x'.repeat(32) };
const SETTINGS = { hasProviderKey: true, sharedSender: 'post@relance.example' };
let database: TestDatabase;
let connection: Connection;
let shopId: number;
let zoe: string;

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect({ url: database.workerUrl });
});
afterAll(async () => {
  await connection.close();
  await database.drop();
});

/** A shop with four products, the lamp new; Zoé bought the fig candle, everybody else the throw. */
beforeEach(async () => {
  shopId = await seedShop(connection.db, { now: NOW });
  zoe = await seedCustomer(connection.db, shopId);
  const shelf = { fig: 'candles', rose: 'candles', throw: 'textiles', lamp: 'lamps' };
  await inShop(connection.db, shopId, async ({ tx }) => {
    for (const scenario of ['birthday', 'win-back', 'vip'] as const) {
      await tx.insert(scenarioSettings).values({ shopId, scenario, enabled: true, enabledAt: NOW, updatedAt: NOW });
    }
    for (const [id, productType] of Object.entries(shelf)) {
      const publishedAt = new Date(NOW.getTime() - (id === 'lamp' ? 3 : 500) * DAY);
      const imageUrl = `https://cdn.shopify.com/${id}.png?v=1`;
      await tx
        .insert(products)
        .values({ shopId, id, title: `Le ${id}`, handle: id, status: 'active', productType, publishedAt, imageUrl });
      await tx.insert(variants).values({ shopId, id: `${id}-1`, productId: id, price: '20.00' });
    }
    const bought = [
      [zoe, 'fig'],
      [null, 'throw'],
    ] as const;
    for (const [customerId, productId] of bought) {
      const id = `order-${productId}`;
      const at = new Date(NOW.getTime() - 20 * DAY);
      await tx
        .insert(orders)
        .values({ shopId, id, name: id, customerId, currency: 'EUR', total: '20', processedAt: at });
      await tx
        .insert(orderLines)
        .values({ shopId, orderId: id, id: productId, productId, title: productId, quantity: 1, price: '20' });
    }
  });
});

async function preview(key: ScenarioKey, email: string, customerId: string | null = zoe): Promise<RenderedPreview> {
  const parts = { db: connection.db, clock: { now: () => NOW }, compiled: makeCompiledEmails(), links: LINKS };
  const shown = await makePreview({ ...parts, settings: SETTINGS }).render(shopId, {
    key,
    email,
    customerId,
    language: null,
  });
  if ('error' in shown) throw new Error(JSON.stringify(shown.error));
  return shown;
}

const titles = (text: string) => [...text.matchAll(/^Le (\w+)$/gm)].map((match) => match[1]);

/** Another offer for a scenario, or none, as the owner's edit. */
const offering = (scenario: ScenarioKey, offer: Offer | null) =>
  inShop(connection.db, shopId, ({ tx }) =>
    tx.update(scenarioSettings).set({ overlay: { offer } }).where(eq(scenarioSettings.scenario, scenario)),
  );

describe('a preview', () => {
  it('shows a customer picks they do not own, those of their taste first', async () => {
    const shown = await preview('win-back', 'win-back-1');
    expect(titles(shown.text)).toEqual(['rose', 'throw', 'lamp']);
    expect(shown.text).toContain('Mis de côté pour vous');
  });

  it('shows a VIP what was just published first', async () => {
    expect(titles((await preview('vip', 'vip-2')).text)).toEqual(['lamp', 'rose', 'throw']);
  });

  it('shows best sellers to somebody who never bought', async () => {
    const visitor = await seedCustomer(connection.db, shopId);
    const shown = await preview('win-back', 'win-back-1', visitor);
    expect(titles(shown.text).toSorted()).toEqual(['fig', 'lamp', 'rose', 'throw']);
    expect(shown.text).not.toContain('Mis de côté pour vous');
  });

  it('shows nobody in particular an example of each', async () => {
    const shown = await preview('win-back', 'win-back-1', null);
    expect(titles(shown.text)).toHaveLength(4);
    expect(shown.notes).toContain('sample-data');
  });

  it('asks Shopify for square pictures', async () => {
    const { html } = await preview('win-back', 'win-back-1');
    expect(html).toContain('https://cdn.shopify.com/rose.png?v=1&amp;width=600&amp;height=600&amp;crop=center');
  });

  it('shows a code as one made now would be, with its last day', async () => {
    const shown = await preview('birthday', 'birthday-1');
    expect(shown.text).toContain('10\u00a0% de réduction\nValable jusqu’au 17 mars\n');
    expect(shown.subject).toBe('Joyeux anniversaire, Zoé\u00a0: votre cadeau est ici');
    expect(shown.notes).toContain('own-subject');
    expect((await preview('win-back', 'win-back-1')).text).not.toContain('Votre code');
  });

  it('shows the subject for all, and says nothing of it, where there is no code to name', async () => {
    await offering('birthday', null);
    expect((await preview('birthday', 'birthday-1')).notes).not.toContain('own-subject');
  });

  it('shows the owner’s own code where they prefer it, in the words they gave', async () => {
    const description = { fr: 'un échantillon offert', en: 'a free sample' };
    await offering('birthday', { kind: 'fixed-code', code: 'FETE', description, endsOn: '2026-03-31' });
    const shown = await preview('birthday', 'birthday-2');
    expect(shown.text).toContain('FETE\nUn échantillon offert\nValable jusqu’au 31 mars\n');
    expect(shown.subject).toBe('Votre cadeau d’anniversaire prend fin le 31 mars');
  });
});

interface Sent {
  scenario: ScenarioKey;
  email: string;
  step: string;
  /** Theirs already, made of this offer. */
  code?: { offer: Offer; endsAt: Date; usedAt?: Date };
}

/** The values of one message as the sender fills them. */
async function sentValues({ scenario, email, step, code }: Sent) {
  const id = await seedMessage(connection.db, shopId, { customerId: zoe, now: NOW, scenario, email });
  const claimed = await inShop(connection.db, shopId, async (shop) => {
    const [message] = await shop.tx.update(messages).set({ step }).where(eq(messages.id, id)).returning();
    const enrollmentId = message?.enrollmentId ?? 0;
    if (code) {
      const row = { shopId, enrollmentId, customerId: zoe, scenario, code: '7KQP-M2XD', createdAt: NOW, readyAt: NOW };
      await shop.tx.insert(codes).values({ ...row, ...code });
    }
    const input = { messageIds: [id], claimId: randomUUID(), now: NOW, settings: SETTINGS };
    return claimDue(shop, { ...input, providerPaused: false, ordersConfirmed: true });
  });
  const groups = await groupClaims({ compiled: makeCompiledEmails(), links: LINKS }, claimed);
  return groups[0]?.members[0]?.values;
}

describe('a batch', () => {
  it('is filled with the same picks as the preview', async () => {
    const values = await sentValues({ scenario: 'win-back', email: 'win-back-1', step: 'picks' });
    expect(values?.recommended.map(({ title }) => title)).toEqual(['Le rose', 'Le throw', 'Le lamp']);
    expect(values?.code).toBeNull();
  });

  it('looks for no picks where its e-mail shows none', async () => {
    await offering('welcome', null);
    const values = await sentValues({ scenario: 'welcome', email: 'welcome-2', step: 'choosing' });
    expect(values?.recommended).toEqual([]);
    expect(values?.mostBought).toHaveLength(4);
  });

  const free: Offer = { kind: 'free-shipping', minimum: '50', validDays: 14 };
  /** The midnight that ends 14 March in Paris. */
  const endsAt = new Date('2026-03-14T23:00:00Z');

  it('shows a shopper their own code: what it gave when it was made, and its last day where the shop is', async () => {
    await offering('win-back', null);
    const code = { offer: free, endsAt };
    const values = await sentValues({ scenario: 'win-back', email: 'win-back-2', step: 'code', code });
    expect(values?.code).toEqual({
      code: '7KQP-M2XD',
      description: 'livraison offerte dès 50,00\u00a0€ d’achat',
      endsOn: '14 mars',
    });
  });

  it('shows no code that was used meanwhile', async () => {
    const code = { offer: free, endsAt, usedAt: NOW };
    const values = await sentValues({ scenario: 'win-back', email: 'win-back-2', step: 'code', code });
    expect(values).toMatchObject({ firstName: 'Zoé', code: null });
  });
});

describe('a line of a cart', () => {
  const stillShown = () =>
    inShop(connection.db, shopId, async (shop) => [...(await loadVariantsNow(shop, ['fig-1', 'rose-1'])).keys()]);

  it.each([
    ['deleted', { deletedAt: NOW }],
    ['unpublished', { publishedAt: null }],
    ['archived', { status: 'archived' }],
  ] as const)('is gone once its product is %s', async (_what, change) => {
    expect((await stillShown()).toSorted()).toEqual(['fig-1', 'rose-1']);
    await inShop(connection.db, shopId, ({ tx }) => tx.update(products).set(change).where(eq(products.id, 'fig')));
    expect(await stillShown()).toEqual(['rose-1']);
  });
});
