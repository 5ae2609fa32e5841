/** Sends one e-mail as it is being edited to an address the owner gives. Called by the commands. */
import type { ScenarioKey } from '../domain/scenario';
import { fillEmail } from '../emails/fill';
import type { Mailer, Outcome } from '../gateways/sendgrid/mailer';
import type { Clock } from '../lib/clock';
import { MINUTE } from '../lib/duration';
import type { Language } from '../lib/language';
import { type Db, inShop } from '../store/scope';
import { loadShop } from '../store/shop-settings';
import { takeTestSend } from '../store/test-sends';
import type { CompiledEmails } from './compiled-emails';
import { type Links, preferenceLinks, SAMPLE_PERSON } from './message-values';
import { composeEmail } from './preview';
import { type SenderSettings, senderOf } from './sender';

export interface TestSend {
  key: ScenarioKey;
  email: string;
  to: string;
  language: Language;
  customerId?: string | null;
  draft?: unknown;
}

/** `limit` with the code `too-many-tests` alone: how many an hour, and from when on the next may go. */
export type TestSent = { ok: true } | { ok: false; code: string; limit?: { most: number; againAt: Date } };

export interface TestSendParts {
  db: Db;
  clock: Clock;
  mailer: Mailer | null;
  compiled: CompiledEmails;
  links: Links;
  settings: SenderSettings;
}

/** Any words to any address, at worst from the sender all shops share: more than an owner needs would be a relay for spam. */
const TESTS_PER_HOUR = 20;

/** No message of ours: events about a test find nothing to change. */
const TEST_MESSAGE_ID = '00000000-0000-4000-8000-000000000000';

export async function sendTest(parts: TestSendParts, shopId: number, input: TestSend): Promise<TestSent> {
  const { db, mailer, links } = parts;
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(input.to)) return { ok: false, code: 'not-an-email' };
  const shop = await inShop(db, shopId, loadShop);
  const sender = senderOf(shop, parts.settings);
  if (sender.state !== 'ready') return { ok: false, code: sender.state };
  if (!mailer) return { ok: false, code: 'sender-missing' };
  const composed = await composeEmail(parts, shopId, {
    key: input.key,
    email: input.email,
    customerId: input.customerId ?? null,
    language: input.language,
    draft: input.draft,
  });
  if ('error' in composed) return { ok: false, code: composed.error[0]?.code ?? 'malformed' };
  const refusal = await count(parts, shopId);
  if (refusal) return refusal;
  const outcome = await mailer.send({
    shopId,
    from: sender.from,
    replyTo: sender.replyTo,
    ...fillEmail(composed.compiled, composed.values),
    openTracking: false,
    recipients: [
      {
        messageId: TEST_MESSAGE_ID,
        to: input.to,
        substitutions: {},
        unsubscribeUrl: preferenceLinks(links, shopId, SAMPLE_PERSON).unsubscribe,
      },
    ],
  });
  return outcome.kind === 'accepted' ? { ok: true } : { ok: false, code: CODES[outcome.kind] };
}

const CODES: Record<Exclude<Outcome['kind'], 'accepted'>, string> = {
  refused: 'refused-by-provider',
  unauthorized: 'provider-paused',
  'not-taken': 'provider-unavailable',
  unsettled: 'provider-unavailable',
};

/** Counted before it goes: of one whose outcome nobody knows, a mailbox may still get it. */
async function count({ db, clock }: TestSendParts, shopId: number): Promise<TestSent | null> {
  const most = TESTS_PER_HOUR;
  const free = await inShop(db, shopId, (scope) => takeTestSend(scope, { now: clock.now(), most }));
  if (free === null) return null;
  // People read minutes: the next whole one.
  const againAt = new Date(Math.ceil(free.getTime() / MINUTE) * MINUTE);
  return { ok: false, code: 'too-many-tests', limit: { most, againAt } };
}
