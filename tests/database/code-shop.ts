/** What the tests of codes share: a store of the sandbox with the app installed, people enrolled in it, and the stages that make their codes. */
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Offer } from '../../app/domain/offer';
import type { ScenarioKey } from '../../app/domain/scenario';
import type { AdminClient } from '../../app/gateways/shopify/admin-client';
import { makeAdvance } from '../../app/pipeline/advance';
import { makeIssueCodes } from '../../app/pipeline/codes/issue';
import { makeTidyCodes } from '../../app/pipeline/codes/tidy';
import { CATALOGUE } from '../../app/scenarios/catalogue';
import { codes, customers, discounts, enrollments, messages, scenarioSettings, shops } from '../../app/store/schema';
import { ensureShopId } from '../../app/store/shop-domains';
import type { DiscountRecord } from '../../sandbox/shopify/discounts/records';
import { startTestSandbox } from '../../sandbox/shopify/test-sandbox';
import { openDoor } from './shopify-door';

/** 10:00 in Paris, where the stores are. */
const MORNING = '2027-03-02T09:00:00Z';

/** The door, and a sandbox whose clock they share. */
export async function openCodeShops() {
  const door = await openDoor({ clock: { now: () => new Date(test.sandbox.context.clock.now()) } });
  const test = await startTestSandbox({
    appUrl: new URL(door.url).origin,
    appToml: 'shopify.app.toml',
    scopes: undefined,
  });
  const { context } = test.sandbox;
  context.clock.advance(Date.parse(MORNING) - context.clock.now());
  let count = 0;

  async function installStore(scopes?: string[]) {
    count += 1;
    const handle = `codes-${count}`;
    const domain = `${handle}.myshopify.com`;
    context.actions.createShop({ handle, timezone: 'Europe/Paris', currency: 'EUR' });
    context.actions.installApp(domain, scopes);
    const { session } = await test.shopify.auth.tokenExchange({
      shop: domain,
      sessionToken: test.idToken(domain),
      requestedTokenType: 'urn:shopify:params:oauth:token-type:offline-access-token' as never,
      expiring: true,
    });
    await door.sessionStorage.storeSession(session);
    await door.onInstalled({ shopDomain: domain, scopes: session.scope ?? '' });
    const shopId = await ensureShopId(door.db, domain);
    await door.inShop(shopId, async ({ tx }) => {
      await tx
        .update(shops)
        .set({ timeZone: 'Europe/Paris', currency: 'EUR', locale: 'en', country: 'FR' })
        .where(eq(shops.shopId, shopId));
    });
    return { shopId, domain };
  }

  return {
    ...door,
    test,
    context,
    now: () => new Date(context.clock.now()),
    advanceClock: (ms: number) => context.clock.advance(ms),
    installStore,
    async close() {
      await test.close();
      await door.close();
    },
  };
}

export type CodeShops = Awaited<ReturnType<typeof openCodeShops>>;

/** One store's verbs. */
export async function openStore(all: CodeShops, options: { scopes?: string[] } = {}) {
  const { shopId, domain } = await all.installStore(options.scopes);
  const calls: string[] = [];
  let answerLostAfter: string | null = null;
  const admin: AdminClient = {
    async run(shopDomain, document, variables) {
      calls.push(document.name);
      const answer = await all.admin.run(shopDomain, document, variables);
      if (document.name !== answerLostAfter) return answer;
      answerLostAfter = null;
      throw new Error('The worker died');
    },
  };
  const parts = { ...all, admin, patienceMs: 2000 };
  const advance = makeAdvance(parts);
  let person = 0;

  const store = {
    shopId,
    domain,
    calls,
    /** The next answer to this document is never read. */
    dieAfter(name: string) {
      answerLostAfter = name;
    },

    async setOffer(scenario: ScenarioKey, offer: Offer | null) {
      const row = { shopId, scenario, enabled: true, enabledAt: all.now(), updatedAt: all.now(), overlay: { offer } };
      await all.inShop(shopId, ({ tx }) =>
        tx
          .insert(scenarioSettings)
          .values(row)
          .onConflictDoUpdate({ target: [scenarioSettings.shopId, scenarioSettings.scenario], set: row }),
      );
    },

    /** Unless the owner has been there. */
    async switchOn(scenario: ScenarioKey) {
      const row = { shopId, scenario, enabled: true, enabledAt: all.now(), updatedAt: all.now() };
      await all.inShop(shopId, ({ tx }) => tx.insert(scenarioSettings).values(row).onConflictDoNothing());
    },

    /** People who just subscribed, standing before the first e-mail of the scenario. */
    async enroll(howMany: number, scenario: ScenarioKey = 'birthday', customerId?: string) {
      const { version, steps } = CATALOGUE[scenario];
      await store.switchOn(scenario);
      const people = Array.from({ length: howMany }, () => {
        person += 1;
        return customerId ?? String(9_000_000 + person);
      });
      const rows = await all.inShop(shopId, async ({ tx }) => {
        await tx
          .insert(customers)
          .values(
            people.map((id) => {
              const email = `p${id}@example.com`;
              return { shopId, id, email, emailKey: email, birthDate: '1990-03-03' };
            }),
          )
          .onConflictDoNothing();
        return tx
          .insert(enrollments)
          .values(
            people.map((id) => ({
              shopId,
              scenario,
              customerId: id,
              occurrence: `${id}-${person}`,
              version,
              cursor: steps[0]?.id ?? null,
              anchor: all.now(),
              startedAt: all.now(),
            })),
          )
          .returning({ id: enrollments.id });
      });
      return rows.map(({ id }) => id);
    },

    async advance(ids: readonly number[]) {
      for (let from = 0; from < ids.length; from += 10) {
        await Promise.all(ids.slice(from, from + 10).map((enrollmentId) => advance(shopId, [enrollmentId])));
      }
    },

    /** As a worker that was just started. */
    issue: (ids: readonly number[]) => makeIssueCodes(parts)(shopId, ids),
    tidy: () => makeTidyCodes(parts)({ shopId }),

    /** Enrolls, has the codes asked for and made. */
    async withCodes(howMany: number, scenario: ScenarioKey = 'birthday', customerId?: string) {
      const ids = await store.enroll(howMany, scenario, customerId);
      await store.advance(ids);
      await store.issue(ids);
      return ids;
    },

    codes: (ids?: readonly number[]) =>
      all.inShop(shopId, ({ tx }) =>
        tx
          .select()
          .from(codes)
          .where(and(eq(codes.shopId, shopId), ids ? inArray(codes.enrollmentId, [...ids]) : undefined))
          .orderBy(asc(codes.enrollmentId)),
      ),
    waiting: () =>
      all.inShop(shopId, ({ tx }) =>
        tx
          .select()
          .from(codes)
          .where(and(eq(codes.shopId, shopId), isNull(codes.readyAt))),
      ),
    discounts: () =>
      all.inShop(shopId, ({ tx }) =>
        tx.select().from(discounts).where(eq(discounts.shopId, shopId)).orderBy(discounts.endDay),
      ),
    messages: (ids: readonly number[]) =>
      all.inShop(shopId, ({ tx }) =>
        tx
          .select()
          .from(messages)
          .where(and(eq(messages.shopId, shopId), inArray(messages.enrollmentId, [...ids]))),
      ),

    /** What Shopify has. */
    inShopify: (): DiscountRecord[] => [...all.context.state.shop(domain).discounts.values()],
    codesInShopify: () => [...all.context.state.shop(domain).redeemCodes.values()].map(({ code }) => code),

    /** Jobs of this shop that wait on the queue. */
    async jobs(name: string): Promise<unknown[]> {
      const rows = await all.db.execute<{ data: unknown }>(sql`
        select data from pgboss.job where name = ${name} and state = 'created' and (data->>'shopId')::int = ${shopId}`);
      return rows.map((row) => row.data);
    },

    /** Delivers and applies what Shopify told. */
    async catchUp() {
      await all.context.webhooks.idle();
      await all.work(shopId);
    },
  };
  return store;
}
