// Decides what becomes of an accepted message: dropped, delivered, put off, bounced. Called at acceptance, by the sandbox's tick and by the mailbox buttons.
import { isSettled, type Message } from './message';
import type { SendgridState } from './state';

/** Business time a deferred message waits before the next attempt. */
const DEFERRED_FOR_MS = 10 * 60_000;

interface Waiting {
  at: number;
  message: Message;
}

export class Delivery {
  private readonly state: SendgridState;
  private waiting: Waiting[] = [];

  constructor(state: SendgridState) {
    this.state = state;
  }

  /** First step for a message that was just accepted. */
  start(message: Message): void {
    const { state } = this;
    const reason = state.suppressions.dropReason(message.account, message.to, state.requests.body(message.request));
    if (reason !== undefined) {
      state.record(message, 'dropped', { reason, status: '5.0.0' });
      return;
    }
    state.record(message, 'processed');
    if (message.sentAt > state.now()) this.waiting.push({ at: message.sentAt, message });
    else this.deliver(message);
  }

  /** After a restart: goes on where the former run stopped. */
  resume(): void {
    for (const message of this.state.messages) {
      if (message.erased || isSettled(message)) continue;
      if (message.events.length === 0) this.start(message);
      else this.waiting.push({ at: message.sentAt, message });
    }
  }

  /** Delivers what has become due on the business clock. */
  releaseDue(): void {
    if (this.waiting.length === 0) return;
    const now = this.state.now();
    const due = this.waiting.filter((entry) => entry.at <= now);
    if (due.length === 0) return;
    this.waiting = this.waiting.filter((entry) => entry.at > now);
    for (const { message } of due) if (!message.erased) this.deliver(message);
  }

  waitingCount(): number {
    return this.waiting.length;
  }

  private deliver(message: Message): void {
    const { state } = this;
    switch (state.faults.fateOf(message.to)) {
      case 'bounce':
        this.bounce(message);
        return;
      case 'block':
        this.block(message);
        return;
      case 'defer':
        if (message.events.some((event) => event.type === 'deferred')) break;
        state.record(message, 'deferred', { response: '451 4.3.0 Mail server temporarily unavailable', attempt: '1' });
        this.waiting.push({ at: state.now() + DEFERRED_FOR_MS, message });
        return;
      case 'spam':
        state.record(message, 'delivered');
        this.reportSpam(message);
        return;
      case undefined:
        break;
    }
    state.record(message, 'delivered');
  }

  /** The receiving server says the mailbox does not exist; SendGrid will not mail it again. */
  bounce(message: Message): void {
    const reason = '550 5.1.1 The email account that you tried to reach does not exist.';
    this.state.record(message, 'bounce', {
      reason,
      status: '5.1.1',
      type: 'bounce',
      bounce_classification: 'Invalid Address',
    });
    this.suppress(message, 'bounces', { reason, status: '5.1.1' });
  }

  reportSpam(message: Message): void {
    this.state.record(message, 'spamreport');
    this.suppress(message, 'spam_reports', { ip: '203.0.113.7' });
  }

  /** The recipient used SendGrid's own unsubscribe link (subscription tracking). */
  unsubscribe(message: Message): void {
    this.state.record(message, 'unsubscribe');
    this.suppress(message, 'unsubscribes', {});
  }

  private block(message: Message): void {
    const reason = '550 5.7.1 Message refused by the receiving server.';
    this.state.record(message, 'bounce', {
      reason,
      status: '5.7.1',
      type: 'blocked',
      bounce_classification: 'Reputation',
    });
    this.suppress(message, 'blocks', { reason, status: '5.7.1' });
  }

  private suppress(
    message: Message,
    list: Parameters<SendgridState['suppressions']['add']>[1],
    more: Record<string, string>,
  ): void {
    const created = Math.floor(this.state.now() / 1000);
    this.state.suppressions.add(message.account, list, { email: message.to, created, ...more });
  }
}
