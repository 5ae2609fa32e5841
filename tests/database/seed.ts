/** Verbs that put a shop and its people into a test database, as the app role, through row-level security. */
import { emailKey } from '../../app/domain/customer';
import type { ScenarioKey } from '../../app/domain/scenario';
import { CATALOGUE } from '../../app/scenarios/catalogue';
import { customers, enrollments, messages, scenarioSettings, shopDomains, shops } from '../../app/store/schema';
import { type Db, inShop } from '../../app/store/scope';

let counter = 0;
const next = () => {
  counter += 1;
  return counter;
};

/** An installed shop with an address, every scenario on. */
export async function seedShop(db: Db, { now }: { now: Date }): Promise<number> {
  const domain = `shop-${next()}-${process.pid}.myshopify.com`;
  const [made] = await db.insert(shopDomains).values({ domain }).returning();
  if (!made) throw new Error('No shop id came back');
  const { shopId } = made;
  await inShop(db, shopId, async ({ tx }) => {
    await tx.insert(shops).values({
      shopId,
      domain,
      name: 'Maison Lune',
      email: 'bonjour@lune.example',
      currency: 'EUR',
      timeZone: 'Europe/Paris',
      country: 'FR',
      locale: 'fr',
      url: 'https://lune.example',
      installedAt: now,
      ordersKnownUntil: now,
      address: {
        company: 'Maison Lune',
        line1: '1 rue de la Lune',
        line2: '',
        postalCode: '75002',
        city: 'Paris',
        region: '',
        country: 'France',
      },
    });
    // Without a discount: these tests plan messages themselves, and a code would have to be made first.
    const overlay = { offer: null };
    for (const scenario of ['welcome', 'abandoned-checkout'] as const) {
      await tx
        .insert(scenarioSettings)
        .values({ shopId, scenario, enabled: true, enabledAt: now, overlay, updatedAt: now });
    }
  });
  return shopId;
}

/** A subscribed customer. */
export async function seedCustomer(
  db: Db,
  shopId: number,
  { email = `person${next()}@example.com`, firstName = 'Zoé' } = {},
): Promise<string> {
  const id = String(10_000 + next());
  await inShop(db, shopId, ({ tx }) =>
    tx.insert(customers).values({
      shopId,
      id,
      email,
      emailKey: emailKey(email),
      firstName,
      locale: 'fr',
      country: 'FR',
      consentState: 'subscribed',
    }),
  );
  return id;
}

/** A planned message with its enrollment, due now. */
export async function seedMessage(
  db: Db,
  shopId: number,
  {
    customerId,
    now,
    scenario = 'welcome',
    email = 'welcome-2',
    occurrence = String(next()),
  }: { customerId: string; now: Date; scenario?: ScenarioKey; email?: string; occurrence?: string },
): Promise<string> {
  return inShop(db, shopId, async ({ tx }) => {
    const [enrollment] = await tx
      .insert(enrollments)
      .values({ shopId, scenario, customerId, occurrence, version: 1, status: 'finished', anchor: now, startedAt: now })
      .returning();
    if (!enrollment) throw new Error('No enrollment came back');
    const [message] = await tx
      .insert(messages)
      .values({
        shopId,
        enrollmentId: enrollment.id,
        scenario,
        step: 'choosing',
        email,
        customerId,
        priority: CATALOGUE[scenario].priority,
        plannedAt: now,
        expiresAt: new Date(now.getTime() + 3 * 86_400_000),
        dueAt: now,
      })
      .returning();
    if (!message) throw new Error('No message came back');
    return message.id;
  });
}
