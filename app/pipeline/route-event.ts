/** Stage 2: takes one stored event, brings the mirror up to date and lets `react` decide what that means. `route-events` calls it for each of a job's events. */
import type { DomainEvent } from '../domain/event';
import { birthDateReading } from '../domain/shop';
import { exactTime, exactTimeOf, type StoreChange } from '../domain/snapshot';
import { isAdminError } from '../gateways/shopify/admin-error';
import { readWebhook } from '../gateways/shopify/read-webhook';
import { shopIdInBody } from '../gateways/shopify/shop-of-body';
import type { StoreQuestions } from '../gateways/shopify/store-questions';
import type { Clock } from '../lib/clock';
import { describeError } from '../lib/describe-error';
import { MINUTE } from '../lib/duration';
import type { Logger } from '../log.server';
import type { StoredEvent } from '../queue/route-jobs';
import { findByShopifyId } from '../store/discounts';
import {
  alarmEvent,
  claimInboundEvent,
  findInboundEvent,
  finishInboundEvent,
  type InboundRow,
} from '../store/inbound-events';
import { type Db, inShop, type ShopScope } from '../store/scope';
import { toShop } from '../store/shop-settings';
import { findShopRow, type ShopRow } from '../store/shops';
import { applyInstallation, type InstallationChange, type InstallationParts } from './installation';
import { applyChange, type MirrorChange } from './mirror/apply';

export type React = (shop: ShopScope, events: readonly DomainEvent[], now: Date) => Promise<void>;

export interface RouteEventParts extends InstallationParts {
  db: Db;
  clock: Clock;
  log: Logger;
  store: StoreQuestions;
  react: React;
  /** Applies a stored SendGrid event; answers its outcome. */
  applyMailEvent(shop: ShopScope, payload: string, now: Date): Promise<string>;
}

/** Applies the event once; returns quietly when it was applied before or erased meanwhile. Throws to be tried again. */
export function makeRouteEvent(parts: RouteEventParts): (event: StoredEvent) => Promise<void> {
  return async ({ shopId, ...key }) => {
    const { event, row } = await inShop(parts.db, shopId, async (shop) => ({
      event: await findInboundEvent(shop, key),
      row: await findShopRow(shop),
    }));
    if (!event || event.processedAt) return;
    const outcome = await route(parts, shopId, event, row).catch((error: unknown) =>
      giveUp(parts, shopId, event, error),
    );
    if (outcome !== null)
      parts.log.info({ event: 'event.routed', source: event.source, topic: event.topic, shopId, outcome });
  };
}

function route(parts: RouteEventParts, shopId: number, event: InboundRow, row: ShopRow | null): Promise<string | null> {
  return event.source === 'sendgrid'
    ? once(parts, shopId, event, (shop, now) => parts.applyMailEvent(shop, event.payload, now))
    : routeWebhook(parts, shopId, event, row);
}

/** A body that Postgres refuses is refused for ever, so it is closed; anything else may pass on another try. */
async function giveUp(
  parts: RouteEventParts,
  shopId: number,
  event: InboundRow,
  error: unknown,
): Promise<string | null> {
  if (isRefusedValue(error)) {
    const { source, topic } = event;
    parts.log.error({ event: 'event.refused', source, topic, shopId, error: describeError(error) });
    return once(parts, shopId, event, async () => 'malformed');
  }
  await inShop(parts.db, shopId, (shop) => alarmEvent(shop, event, parts.clock.now()));
  throw error;
}

/** Postgres' classes 22 (a value out of range or malformed) and 54 (a value too large to keep). */
function isRefusedValue(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code: unknown = Reflect.get(error, 'code');
  if (typeof code === 'string' && /^(22|54)...$/.test(code)) return true;
  return isRefusedValue(error.cause);
}

async function routeWebhook(
  parts: RouteEventParts,
  shopId: number,
  event: InboundRow,
  row: ShopRow | null,
): Promise<string | null> {
  const seenAt = seenAtOf(event);
  const told = readWebhook({ topic: event.topic, body: event.payload, seenAt });
  const nothing = (outcome: string) => once(parts, shopId, event, async () => outcome);
  if (!told) return nothing('malformed');
  if (told.kind === 'nothing') return nothing(`ignored: ${told.why}`);
  if (isInstallationChange(told))
    return applyInstallation(parts, { shopId, event, change: told, row, at: new Date(seenAt) });
  if (!row?.installedAt || row.uninstalledAt) return nothing('ignored: not-installed');
  if (namesAnotherShop(event, row)) return nothing('ignored: other-shop');
  if (told.kind === 'shop-changed' && told.shopDomain !== null && told.shopDomain !== row.domain)
    return nothing('ignored: other-shop');
  if (told.kind === 'discount-changed' && !(await isOurs(parts, shopId, told.discount.id)))
    return nothing('ignored: not-our-discount');
  const change = await ask(parts, row, told);
  if (!change) return nothing('ignored: not-in-shop');
  return once(parts, shopId, event, async (shop, now) => {
    const events = await applyChange(shop, change, new Date(seenAt));
    await parts.react(shop, sinceInstall(events, row.installedAt ?? now), now);
    return 'applied';
  });
}

/** The owner's own discounts are no concern of ours. */
async function isOurs({ db }: RouteEventParts, shopId: number, discountId: string): Promise<boolean> {
  return (await inShop(db, shopId, (shop) => findByShopifyId(shop, discountId))) !== null;
}

/** A body of one shop sent again under another's name would put its people there. */
function namesAnotherShop({ payload }: InboundRow, { shopifyId }: ShopRow): boolean {
  const named = shopIdInBody(payload);
  return named !== null && shopifyId !== null && named !== shopifyId;
}

/** Runs `apply` and closes the event in one transaction, unless somebody else did. */
async function once(
  { db, clock }: Pick<RouteEventParts, 'db' | 'clock'>,
  shopId: number,
  event: InboundRow,
  apply: (shop: ShopScope, now: Date) => Promise<string>,
): Promise<string | null> {
  return inShop(db, shopId, async (shop) => {
    if (!(await claimInboundEvent(shop, event))) return null;
    const now = clock.now();
    const outcome = await apply(shop, now);
    await finishInboundEvent(shop, event, { outcome, at: now });
    return outcome;
  });
}

/**
 * When Shopify told it. The header is a claim: an event without it, or from the future, counts from its arrival, so that
 * no body sent again can pass for newer than everything to come.
 */
function seenAtOf(event: InboundRow): string {
  const claimed = event.triggeredAt?.replace(' ', 'T').replace(/([+-]\d{2})$/, '$1:00');
  const told = claimed === undefined ? null : exactTime(claimed);
  const isPossible = told !== null && Date.parse(told) <= event.receivedAt.getTime() + MINUTE;
  return isPossible ? told : exactTimeOf(event.receivedAt);
}

function isInstallationChange(change: StoreChange): change is InstallationChange {
  switch (change.kind) {
    case 'app-uninstalled':
    case 'scopes-changed':
    case 'bulk-finished':
    case 'data-requested':
    case 'customer-redacted':
    case 'shop-redacted':
      return true;
    default:
      return false;
  }
}

/**
 * Asks Shopify for what the webhook left out: a customer's consent, language and tags, a product's tracked stock, a
 * shop's address. Outside any transaction.
 * @returns null when the shop has no such thing: deleted since, or the header named the wrong shop
 */
async function ask(parts: RouteEventParts, row: ShopRow, change: MirrorChange): Promise<MirrorChange | null> {
  const seenAt = exactTimeOf(parts.clock.now());
  const asked = { shopDomain: row.domain, seenAt, birthDates: birthDateReading(toShop(row)) };
  try {
    if (change.kind === 'customer-changed') {
      const customer = await parts.store.customer(asked, change.customer.id);
      return customer && { kind: 'customer-changed', customer };
    }
    // Who just subscribed is greeted at once, and wants to be in their own language; a withdrawal waits for nothing.
    if (change.kind === 'consent-changed' && change.consent.state === 'subscribed') {
      const customer = await parts.store.customer(asked, change.customerId);
      return customer && { kind: 'customer-changed', customer };
    }
    if (change.kind === 'product-changed' && change.product.partial) {
      const product = await parts.store.product(asked, change.product.id);
      return product && { kind: 'product-changed', product };
    }
    if (change.kind === 'discount-changed') {
      return { ...change, discount: await parts.store.discount(asked, change.discount.id) };
    }
    if (change.kind === 'shop-changed') return { ...change, shop: await parts.store.shop(asked) };
    return change;
  } catch (error) {
    // Out of reach is worth waiting for; refused will be refused again.
    if (isAdminError(error, 'refused', 'unauthorized')) return change;
    throw error;
  }
}

/** Shopify writes whole seconds, and its clock is not ours. */
const CLOCK_SKEW_MS = 5000;

/** Nothing of a former install, and nothing that was long over when the app came, starts anything. */
export function sinceInstall(events: readonly DomainEvent[], installedAt: Date): DomainEvent[] {
  const from = installedAt.getTime() - CLOCK_SKEW_MS;
  return events.filter((event) => event.at.getTime() >= from || ALWAYS.has(event.type));
}

/** These only ever stop things. */
const ALWAYS = new Set<DomainEvent['type']>([
  'consent.withdrawn',
  'checkout.completed',
  'checkout.emptied',
  'customer.deleted',
  'customer.merged',
  'customer.redacted',
]);
