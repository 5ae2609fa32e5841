/** Every job there is: its name, its payload (ids only) and its retry rules. Stages enqueue with their rows; `worker.ts` binds each to one stage. */
import { z } from 'zod';

const shopId = z.number().int().positive();

const inboundEvent = z.object({
  shopId,
  source: z.enum(['shopify', 'sendgrid']),
  topic: z.string(),
  dedupeKey: z.string(),
});

export const JOB_PAYLOADS = {
  /** Stored inbound events, of any shops, want to be applied. Versions before gave each event a job. */
  'event.route': z.union([
    z.object({ events: z.array(inboundEvent) }),
    inboundEvent.transform((event) => ({ events: [event] })),
  ]),
  /** An enrollment's due time has come. */
  'enrollment.advance': z.object({ shopId, enrollmentId: z.number().int() }),
  /** An enrollment waits for its shopper's discount code. */
  'code.issue': z.object({ shopId, enrollmentId: z.number().int() }),
  /** A scanned scenario's time to look for people has come. */
  'scenario.scan': z.object({ shopId, scenario: z.string() }),
  /** The links, pictures, code and sender of a scenario are to be looked at. */
  'scenario.look': z.object({ shopId, scenario: z.string() }),
  /** A large shop's counts of whom each scenario concerns are old. */
  'audience.count': z.object({ shopId }),
  /** Nightly: take ended discounts out of Shopify again. */
  'codes.tidy': z.object({ shopId }),
  /** Nightly and when the owner changes them: who is in the segments left out. */
  'segments.refresh': z.object({ shopId }),
  /** Carry the VIP tag to Shopify. */
  'vip-tag.push': z.object({ shopId, customerId: z.string() }),
  /** The due time of these messages has come. Versions before gave each message a job. */
  'message.deliver': z.union([
    z.object({ shopId, messageIds: z.array(z.uuid()) }),
    z.object({ shopId, messageId: z.uuid() }).transform((job) => ({ shopId: job.shopId, messageIds: [job.messageId] })),
  ]),
  /** An order may belong to a message. */
  'order.attribute': z.object({ shopId, orderId: z.string() }),
  /** How the shop's own domain stands wants a look. */
  'domain.check': z.object({ shopId }),
  /** A shop was installed or uninstalled: its SendGrid subuser wants to be there, or to be disabled. */
  'subuser.settle': z.object({ shopId }),
  /** A bounce or a complaint was told: the shop may be sending too fast. */
  'pace.judge': z.object({ shopId }),
  /** A shop was installed, or lets us see its theme now: how does it look? */
  'brand.look': z.object({ shopId }),
  /** A shop was installed or its import must go on. */
  'shop.import': z.object({ shopId }),
  /** Nightly: what never arrived by webhook. */
  'shop.reconcile': z.object({ shopId }),
  /** Carry a consent change made here to Shopify. */
  'consent.push': z.object({ shopId, customerId: z.string() }),
  /** Carry a birth date given here to Shopify. */
  'birth-date.push': z.object({ shopId, customerId: z.string() }),
  /** The owner said yes to a list of people who must not get e-mails. */
  'refusals.import': z.object({ shopId, listId: z.uuid() }),
  /** Ask SendGrid to erase a recipient; the address is read from nowhere else any more, so it travels here. */
  'recipient.erase': z.object({ shopId, email: z.string() }),
} as const;

export type JobName = keyof typeof JOB_PAYLOADS;
export type JobPayload<N extends JobName> = z.infer<(typeof JOB_PAYLOADS)[N]>;
export const JOB_NAMES = Object.keys(JOB_PAYLOADS) as JobName[];

/** How many messages are looked at together, at most: a batch is held in memory until it is sent, some 10 MB. */
const MOST_DELIVERED_TOGETHER = 500;

/** The jobs that deliver these messages of one shop. A job for each would cost Postgres as much as sending it. */
export function deliveries(shopId: number, messageIds: readonly string[]): JobPayload<'message.deliver'>[] {
  const jobs = Math.ceil(messageIds.length / MOST_DELIVERED_TOGETHER);
  return Array.from({ length: jobs }, (_, turn) => {
    const first = turn * MOST_DELIVERED_TOGETHER;
    return { shopId, messageIds: messageIds.slice(first, first + MOST_DELIVERED_TOGETHER) };
  });
}

interface RetryRule {
  retryLimit: number;
  retryDelay: number;
  retryBackoff: boolean;
  retryDelayMax: number;
  expireInSeconds: number;
}

/** Outages are long and giving up loses work, so jobs try for days; the sweep finds what even that forgets. */
const PATIENT: RetryRule = {
  retryLimit: 500,
  retryDelay: 2,
  retryBackoff: true,
  retryDelayMax: 300,
  expireInSeconds: 300,
};

export const RETRY_RULES: Record<JobName, RetryRule> = {
  'event.route': PATIENT,
  'enrollment.advance': PATIENT,
  'code.issue': PATIENT,
  'scenario.scan': { ...PATIENT, expireInSeconds: 1800 },
  // Somebody waits for the answer; later nobody does.
  'scenario.look': { ...PATIENT, retryLimit: 3 },
  'audience.count': { ...PATIENT, expireInSeconds: 1800 },
  'codes.tidy': PATIENT,
  'segments.refresh': { ...PATIENT, expireInSeconds: 1800 },
  'vip-tag.push': PATIENT,
  // A repeat is harmless: only messages that are still planned are looked at again.
  'message.deliver': PATIENT,
  'order.attribute': PATIENT,
  'pace.judge': PATIENT,
  'domain.check': PATIENT,
  'subuser.settle': PATIENT,
  'brand.look': PATIENT,
  'shop.import': { ...PATIENT, expireInSeconds: 3600 },
  'shop.reconcile': { ...PATIENT, expireInSeconds: 1800 },
  'consent.push': PATIENT,
  'birth-date.push': PATIENT,
  'refusals.import': { ...PATIENT, expireInSeconds: 1800 },
  'recipient.erase': PATIENT,
};
