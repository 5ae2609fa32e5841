// Posts events to the app as SendGrid's event webhook does: signed JSON arrays, in batches, repeated with growing gaps until answered 2xx.
import { eventPayload } from './event-payload';
import type { Faults } from './faults';
import type { MailEvent, Message } from './message';
import type { WebhookKey } from './webhook-key';

export interface PendingEvent {
  message: Message;
  event: MailEvent;
  /** Real time it was queued. */
  since: number;
}

interface Retry {
  items: PendingEvent[];
  attempts: number;
  due: number;
}

export interface PosterParts {
  url: string;
  key: WebhookKey;
  faults: Faults;
  /** The app answered 2xx for these. */
  onPosted: (items: PendingEvent[]) => void;
}

/** SendGrid posts at 768 KB at the latest; the count keeps one answer within the app's time limit. */
const MAX_BYTES = 768 * 1024;
const MAX_EVENTS = 1000;
const ANSWER_WITHIN_MS = 10_000;
const FIRST_GAP_MS = 250;
const LONGEST_GAP_MS = 30_000;

export class EventPoster {
  private readonly parts: PosterParts;
  private queue: PendingEvent[] = [];
  private retries: Retry[] = [];
  private running: Promise<void> | undefined;
  private inFlight = 0;
  private readonly stop = new AbortController();
  readonly counts = { posts: 0, failures: 0, events: 0 };

  constructor(parts: PosterParts) {
    this.parts = parts;
  }

  enqueue(message: Message, event: MailEvent): void {
    this.queue.push({ message, event, since: Date.now() });
  }

  /** Forgets events of messages that no longer exist. */
  drop(isGone: (message: Message) => boolean): void {
    this.queue = this.queue.filter((item) => !isGone(item.message));
    for (const retry of this.retries) retry.items = retry.items.filter((item) => !isGone(item.message));
  }

  pending(): { queued: number; inFlight: number; retrying: number } {
    const retrying = this.retries.reduce((sum, retry) => sum + retry.items.length, 0);
    return { queued: this.queue.length, inFlight: this.inFlight, retrying };
  }

  /** Posts everything that may go now and resolves when nothing more may; `again` repeats failed posts at once too. */
  pump(again = false): Promise<void> {
    if (again) for (const retry of this.retries) retry.due = 0;
    this.running ??= this.run().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  async close(): Promise<void> {
    this.stop.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    for (let batch = this.take(); batch !== undefined; batch = this.take()) {
      this.inFlight = batch.items.length;
      const posted = await this.post(batch.items);
      if (posted && this.parts.faults.events.double) await this.post(batch.items);
      this.inFlight = 0;
      if (posted) this.parts.onPosted(batch.items);
      else this.retryLater(batch);
    }
  }

  private take(): Retry | undefined {
    const { hold, shuffle, delayMs } = this.parts.faults.events;
    if (hold || this.stop.signal.aborted) return undefined;
    const now = Date.now();
    const due = this.retries.findIndex((retry) => retry.due <= now);
    if (due !== -1) return this.retries.splice(due, 1)[0];
    if (shuffle) shuffleInPlace(this.queue);
    const first = this.queue.findIndex((item) => item.since + delayMs > now);
    const ready = first === -1 ? this.queue.length : first;
    const items = this.queue.splice(0, Math.min(MAX_EVENTS, ready));
    return items.length === 0 ? undefined : { items, attempts: 0, due: 0 };
  }

  private retryLater({ items, attempts }: Retry): void {
    const gap = Math.min(LONGEST_GAP_MS, FIRST_GAP_MS * 2 ** attempts);
    this.retries.push({ items, attempts: attempts + 1, due: Date.now() + gap });
  }

  private async post(items: PendingEvent[]): Promise<boolean> {
    for (const body of bodies(items)) {
      if (!(await this.postBody(body))) return false;
    }
    this.counts.events += items.length;
    return true;
  }

  private async postBody(body: Buffer): Promise<boolean> {
    this.counts.posts += 1;
    // A security time: the receiver compares it with its real clock.
    const timestamp = String(Math.floor(Date.now() / 1000));
    try {
      const answer = await fetch(this.parts.url, {
        method: 'POST',
        redirect: 'manual',
        signal: AbortSignal.any([this.stop.signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
        headers: {
          'content-type': 'application/json',
          'user-agent': 'SendGrid Event API',
          'x-twilio-email-event-webhook-signature': this.parts.key.sign(timestamp, body),
          'x-twilio-email-event-webhook-timestamp': timestamp,
        },
        body: new Uint8Array(body),
      });
      await answer.arrayBuffer();
      if (answer.ok) return true;
    } catch {
      // Not reachable or too slow: repeated like any other failure.
    }
    this.counts.failures += 1;
    return false;
  }
}

/** JSON arrays of at most `MAX_BYTES`, written as SendGrid writes them: one event a line. */
function bodies(items: PendingEvent[]): Buffer[] {
  const result: Buffer[] = [];
  let lines: string[] = [];
  let size = 0;
  const close = (): void => {
    if (lines.length > 0) result.push(Buffer.from(`[${lines.join(',\r\n')}]`));
    lines = [];
    size = 0;
  };
  for (const { message, event } of items) {
    const line = JSON.stringify(eventPayload(message, event));
    if (size + line.length > MAX_BYTES) close();
    lines.push(line);
    size += line.length;
  }
  close();
  return result;
}

function shuffleInPlace(items: unknown[]): void {
  for (let i = items.length - 1; i > 0; i -= 1) {
    const j = Math.floor(Math.random() * (i + 1));
    [items[i], items[j]] = [items[j], items[i]];
  }
}
