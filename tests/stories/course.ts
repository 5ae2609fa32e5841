/** What became of one shopper, as lines a test can hold against what it expects. */
import { expect } from 'vitest';
import type { ScenarioKey } from '../../app/domain/scenario';
import { addDuration, type Duration } from '../../app/lib/duration';
import type { Mail } from '../harness/mailbox';
import type { Shopper } from '../harness/shopper';

/** Paying is told by two webhooks; whichever is heard first names the reason. */
export const BOUGHT = expect.stringMatching(/^ended: (order-placed|checkout-completed)$/);

/**
 * Everything decided about a shopper, oldest first: `hello sent`, `choosing withheld: unsubscribed`,
 * `first-reminder put-off: quiet-hours`, `ended: order-placed`, `not-enrolled: consent-too-old`. Waits and plans are left
 * out, and so is an end with every step done. Each `sent` is an e-mail in the mailbox, and there are no others.
 */
export async function courseOf(shopper: Shopper, scenario?: ScenarioKey): Promise<string[]> {
  const all = await shopper.decisions();
  const sent = all.filter((row) => row.kind === 'sent');
  const mails = await shopper.mails();
  expect(mails.map((mail) => mail.customArgs.message).sort()).toEqual(sent.map((row) => row.messageId).sort());
  return all
    .filter((row) => scenario === undefined || row.scenario === scenario)
    .flatMap((row) => {
      switch (row.kind) {
        case 'sent':
          return [`${row.step} sent`];
        case 'withheld':
        case 'put-off':
          return [`${row.step} ${row.kind}: ${row.reason}`];
        case 'ended':
        case 'not-enrolled':
          return row.reason === 'finished' ? [] : [`${row.kind}: ${row.reason}`];
        default:
          return [];
      }
    });
}

/** Real seconds pass while shoppers act, and the clock jumps to clusters of due moments. Shopify cuts its times to seconds. */
const TOLERANCE = { early: 1000, late: 150_000 };

/** Checks when e-mails went out, each counted from `start`. */
export function expectSentAfter(mails: readonly Mail[], start: Date, durations: readonly Duration[]): void {
  const late = mails.map((mail, i) => {
    const due = addDuration(start, durations[i] ?? '0min');
    const ms = Date.parse(mail.sentAt) - due.getTime();
    return ms >= -TOLERANCE.early && ms < TOLERANCE.late
      ? 'on time'
      : `${Math.round(ms / 60_000)} min from ${durations[i]}`;
  });
  expect(late).toEqual(durations.map(() => 'on time'));
}

/** What a clock on the wall showed when an e-mail went out, to the minute: `08:00`. */
export function clockAt(mail: Mail, zone: string): string {
  const format = { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return new Intl.DateTimeFormat('en-GB', format).format(new Date(mail.sentAt));
}

/** The one e-mail there is. */
export function only(mails: readonly Mail[]): Mail {
  expect(mails).toHaveLength(1);
  const [mail] = mails;
  if (!mail) throw new Error('There is no e-mail.');
  return mail;
}
