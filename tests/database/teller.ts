/** Tells a shop what Shopify would, without the door and the queue: a webhook applied to the mirror and reacted to at once. */
import { and, eq } from 'drizzle-orm';
import type { Connection } from '../../app/db.server';
import type { DomainEvent } from '../../app/domain/event';
import { readWebhook } from '../../app/gateways/shopify/read-webhook';
import { applyChange, type MirrorChange } from '../../app/pipeline/mirror/apply';
import { react } from '../../app/pipeline/react';
import { customers, decisions, enrollments, messages } from '../../app/store/schema';
import { inShop, type ShopScope } from '../../app/store/scope';
import { seedShop } from './seed';

const INSTALLED_AT = new Date('2026-01-01T00:00:00Z');

/** A moment of the day everything here happens on, in minutes after ten. */
export const at = (minute: number) => new Date(Date.parse('2026-11-20T10:00:00Z') + minute * 60_000);
export const told = (minute: number) => at(minute).toISOString();

/** A checkout's webhook body; its cart is the shop's lamp. */
export const checkoutBody = (id: number, minute: number, more: object = {}) => ({
  ...{ id, token: `t${id}`, currency: 'EUR', total_price: '10.00', created_at: told(0), updated_at: told(minute) },
  ...{ line_items: [{ quantity: 1, title: 'Lamp', price: '10.00', variant_id: 501, product_id: 500 }] },
  ...{ abandoned_checkout_url: `https://lune.example/recover/${id}`, ...more },
});

export const consentBody = (state: string, minute: number | null) => ({
  email_marketing_consent: {
    ...{ state, opt_in_level: 'single_opt_in', consent_updated_at: minute === null ? null : told(minute) },
  },
});

/** A shop of its own, with every job its changes ask for kept in `jobs`. */
export async function openTeller({ db }: Connection) {
  const shopId = await seedShop(db, { now: INSTALLED_AT });
  const jobs: { name: string; payload: object }[] = [];
  const queue = {
    enqueue: async (_shop: ShopScope, name: string, payloads: readonly object[]) =>
      void jobs.push(...payloads.map((payload) => ({ name, payload }))),
  };
  const within = <T>(work: (shop: ShopScope) => Promise<T>) => inShop(db, shopId, work);
  return {
    shopId,
    jobs,
    queue,
    within,
    /** Answers what it meant. */
    tell: (topic: string, payload: object, minute: number): Promise<DomainEvent[]> =>
      within(async (shop) => {
        const change = readWebhook({ topic, body: JSON.stringify(payload), seenAt: told(minute) });
        const events = await applyChange(shop, change as MirrorChange, at(minute));
        await react({ queue }, shop, events, at(minute));
        return events;
      }),
    enrollments: () =>
      within(({ tx }) => tx.select().from(enrollments).where(eq(enrollments.shopId, shopId)).orderBy(enrollments.id)),
    messages: () => within(({ tx }) => tx.select().from(messages).where(eq(messages.shopId, shopId))),
    decisions: () =>
      within(({ tx }) => tx.select().from(decisions).where(eq(decisions.shopId, shopId)).orderBy(decisions.id)),
    customer: async (id: string) => {
      const mine = and(eq(customers.shopId, shopId), eq(customers.id, id));
      return (await within(({ tx }) => tx.select().from(customers).where(mine)))[0];
    },
  };
}
