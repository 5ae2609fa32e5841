// Sends webhooks to the app as Shopify does: signed, within 5 s, retried with growing gaps, sometimes twice or out of order when asked to.
// The actions emit; the control API switches the faults and waits for idleness.
import { randomUUID } from 'node:crypto';
import type { SandboxClock } from '../../clock';
import type { WebhookSubscription } from '../../http/context';
import { seededRandom } from '../../http/random';
import type { WebhookDelivery } from '../records';
import type { ShopifyState, ShopState } from '../state';
import { withMetafields } from './metafields';
import { type RawAnswer, type RawDelivery, sendRaw } from './raw-delivery';
import { signBody, webhookApiVersion, webhookHeaders } from './signing';
import { hasScope, privacyTopics, scopeOfTopic } from './topic-scopes';

export interface WebhookFaults {
  /** Share of deliveries sent twice, 0 to 1. */
  duplicate: number;
  /** Share of deliveries put off a little, so that later ones overtake them. */
  shuffle: number;
  /** The newest of what waits goes first. */
  reverse: boolean;
  /** Keep everything back until switched off. */
  hold: boolean;
}

export interface DispatcherParts {
  state: ShopifyState;
  clock: SandboxClock;
  appUrl: string;
  secret: string;
  subscriptions: WebhookSubscription[];
  /** Real milliseconds before each retry. Shopify: 8 retries over 4 hours. */
  retryGapsMs?: number[] | undefined;
  timeoutMs?: number | undefined;
  concurrency?: number | undefined;
  seed?: number | undefined;
}

const shortGaps = [100, 200, 400, 800, 1_600, 3_000, 6_000, 12_000];
const keptDeliveries = 3_000;

export class WebhookDispatcher {
  readonly faults: WebhookFaults = { duplicate: 0, shuffle: 0, reverse: false, hold: false };
  /** Deliveries that were answered a second time, and those that overtook an older one. */
  readonly met = { duplicate: 0, reverse: 0 };
  private readonly parts: DispatcherParts;
  private readonly queue: WebhookDelivery[] = [];
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly waiters: (() => void)[] = [];
  private readonly random: () => number;
  private running = 0;
  private pending = 0;
  private lastTrigger = 0;
  private closed = false;

  constructor(parts: DispatcherParts) {
    this.parts = parts;
    this.random = seededRandom(parts.seed ?? 1);
  }

  /** Queues one delivery per matching subscription; does nothing when the app may not hear of it. */
  emit(shop: ShopState, topic: string, payload: () => unknown): void {
    const subscriptions = this.parts.subscriptions.filter((one) => one.topic === topic);
    if (subscriptions.length === 0 || this.closed || !mayHear(shop, topic)) return;
    const content = payload();
    const eventId = randomUUID();
    const triggeredAt = this.trigger();
    for (const subscription of subscriptions) {
      this.enqueue(shop, topic, { subscription, content, eventId, triggeredAt });
    }
  }

  /** A delivery of any content, good or bad signature. Not retried, not logged. */
  deliverRaw(raw: RawDelivery): Promise<RawAnswer> {
    const { appUrl, secret, subscriptions } = this.parts;
    const uri = raw.uri ?? subscriptions.find((one) => one.topic === raw.topic)?.uri ?? '/webhooks/shopify';
    return sendRaw(raw, { url: new URL(uri, appUrl), secret, triggeredAt: this.trigger() });
  }

  /** Deliveries not yet settled; held ones are counted apart. */
  counts(shop?: string): { pending: number; delivered: number; failed: number; held: boolean } {
    const counts = { pending: 0, delivered: 0, failed: 0, held: this.faults.hold };
    for (const delivery of this.parts.state.deliveries.values()) {
      if (shop === undefined || delivery.shop === shop) counts[delivery.outcome] += 1;
    }
    return counts;
  }

  /** Resolves when nothing is pending, or with false after the given real time. */
  async idle(timeoutMs = 30_000): Promise<boolean> {
    if (this.pending === 0) return true;
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), timeoutMs);
      this.waiters.push(() => {
        clearTimeout(timer);
        resolve(true);
      });
    });
  }

  setFaults(faults: Partial<WebhookFaults>): void {
    Object.assign(this.faults, faults);
    this.pump();
  }

  /** Takes up what a snapshot left unfinished. */
  resume(): void {
    for (const delivery of this.parts.state.deliveries.values()) {
      if (delivery.outcome !== 'pending') continue;
      this.pending += 1;
      this.queue.push(delivery);
    }
    this.pump();
  }

  close(): void {
    this.closed = true;
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.queue.length = 0;
  }

  private enqueue(shop: ShopState, topic: string, about: Enqueued): void {
    const { subscription, content, eventId, triggeredAt } = about;
    const delivery: WebhookDelivery = {
      id: randomUUID(),
      shop: shop.domain,
      topic,
      uri: subscription.uri,
      webhookId: randomUUID(),
      eventId,
      triggeredAt,
      body: JSON.stringify(withMetafields(shop, content, subscription)),
      outcome: 'pending',
      attempts: [],
    };
    this.parts.state.deliveries.set(delivery.id, delivery);
    this.prune();
    this.pending += 1;
    if (this.random() < this.faults.shuffle) this.later(delivery, 20 + this.random() * 300);
    else this.queue.push(delivery);
    if (this.random() < this.faults.duplicate)
      this.later({ ...delivery, attempts: [] }, 20 + this.random() * 200, true);
    this.pump();
  }

  private later(delivery: WebhookDelivery, delayMs: number, isCopy = false): void {
    if (isCopy) this.pending += 1;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.queue.push(delivery);
      this.pump();
    }, delayMs);
    this.timers.add(timer);
  }

  private pump(): void {
    const limit = this.parts.concurrency ?? 16;
    while (!this.closed && !this.faults.hold && this.running < limit) {
      const isReversed = this.faults.reverse && this.queue.length > 1;
      const delivery = isReversed ? this.queue.pop() : this.queue.shift();
      if (!delivery) return;
      if (isReversed) this.met.reverse += 1;
      this.running += 1;
      void this.attempt(delivery).finally(() => {
        this.running -= 1;
        this.pump();
      });
    }
  }

  private async attempt(delivery: WebhookDelivery): Promise<void> {
    const started = Date.now();
    const { status, error } = await this.post(delivery);
    if (this.closed) return;
    const durationMs = Date.now() - started;
    delivery.attempts.push({ at: new Date(started).toISOString(), status, error, durationMs });
    if (status !== null && status >= 200 && status < 300) {
      if (this.parts.state.deliveries.get(delivery.id) !== delivery) this.met.duplicate += 1;
      return this.settle(delivery, 'delivered');
    }
    const gaps = this.parts.retryGapsMs ?? shortGaps;
    const gap = gaps[delivery.attempts.length - 1];
    if (gap === undefined) return this.settle(delivery, 'failed');
    this.later(delivery, gap);
  }

  private async post(delivery: WebhookDelivery): Promise<{ status: number | null; error: string | null }> {
    const { secret, appUrl, timeoutMs = 5_000 } = this.parts;
    try {
      const response = await fetch(new URL(delivery.uri, appUrl), {
        method: 'POST',
        headers: webhookHeaders({
          topic: delivery.topic,
          shop: delivery.shop,
          webhookId: delivery.webhookId,
          eventId: delivery.eventId,
          triggeredAt: delivery.triggeredAt,
          apiVersion: webhookApiVersion,
          signature: signBody(delivery.body, secret),
        }),
        body: delivery.body,
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      await response.arrayBuffer();
      return { status: response.status, error: null };
    } catch (error) {
      return { status: null, error: error instanceof Error ? error.message : String(error) };
    }
  }

  private settle(delivery: WebhookDelivery, outcome: 'delivered' | 'failed'): void {
    delivery.outcome = outcome;
    this.pending -= 1;
    if (this.pending > 0) return;
    for (const waiter of this.waiters.splice(0)) waiter();
  }

  /** Business time with nanoseconds, never the same twice, as Shopify writes it. */
  private trigger(): string {
    const now = Math.max(this.parts.clock.now() * 1_000, this.lastTrigger + 1);
    this.lastTrigger = now;
    const micros = String(now % 1_000).padStart(3, '0');
    return `${new Date(Math.floor(now / 1_000)).toISOString().slice(0, 23)}${micros}000Z`;
  }

  private prune(): void {
    const { deliveries } = this.parts.state;
    if (deliveries.size <= keptDeliveries) return;
    for (const [id, delivery] of deliveries) {
      if (delivery.outcome !== 'pending') deliveries.delete(id);
      if (deliveries.size <= keptDeliveries) return;
    }
  }
}

interface Enqueued {
  subscription: WebhookSubscription;
  content: unknown;
  eventId: string;
  triggeredAt: string;
}

function mayHear(shop: ShopState, topic: string): boolean {
  if (privacyTopics.has(topic)) return true;
  if (!shop.installation) return false;
  const scope = scopeOfTopic(topic);
  return scope === null || hasScope(shop.installation.scopes, scope);
}
