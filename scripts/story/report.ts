/** What happened in a store: every e-mail that arrived, and every one withheld or put off, with its reason. */
import type { Facts, Reason } from '../../app/domain/reason';
import { emailSteps, type ScenarioKey } from '../../app/domain/scenario';
import { CATALOGUE } from '../../app/scenarios/catalogue';
import type { Mail } from '../../tests/harness/mailbox';
import type { DecisionRow, MessageRow } from '../../tests/harness/rows';
import type { Store } from '../../tests/harness/store';
import type { World } from '../../tests/harness/world';
import { tellMoment } from './calendar';
import { sentenceOf } from './reason-sentence';

export interface SentMail {
  to: string;
  /** Null for an e-mail that is none of the app's; nothing expects one. */
  scenario: ScenarioKey | null;
  step: string | null;
  language: string | null;
  subject: string;
  sentAt: string;
  messageId: string;
  mail: Mail;
}

export interface Hold {
  at: Date;
  customer: string;
  scenario: ScenarioKey;
  step: string;
  outcome: 'withheld' | 'put-off';
  reason: Reason;
  sentence: string;
}

export interface Report {
  emails: SentMail[];
  holds: Hold[];
}

/** Reads the whole mailbox from a moment on, whoever wrote into it, and every decision of the store. */
export async function readReport(world: World, store: Store, since: Date): Promise<Report> {
  const mails = await world.mailbox.list({ since });
  const [messages, decisions] = [await store.messages(), await store.decisions()];
  const byId = new Map(messages.map((message) => [message.id, message]));
  const people = await store.ask<{ id: string; email: string }>('select id, email from customers');
  const addresses = new Map(people.map(({ id, email }) => [id, email]));
  const holds = [...heldMessages(decisions), ...stoppedEarly(decisions, messages)];
  return {
    emails: mails.map((mail) => toSentMail(mail, byId.get(mail.customArgs.message ?? ''))),
    holds: holds
      .map(({ customerId, ...hold }) => ({ ...hold, customer: addresses.get(customerId) ?? customerId }))
      .sort((a, b) => a.at.getTime() - b.at.getTime()),
  };
}

function toSentMail(mail: Mail, message: MessageRow | undefined): SentMail {
  return {
    to: mail.to,
    scenario: message?.scenario ?? null,
    step: message?.step ?? null,
    language: message?.language ?? null,
    subject: mail.subject,
    sentAt: mail.sentAt,
    messageId: mail.xMessageId,
    mail,
  };
}

type PersonHold = Omit<Hold, 'customer'> & { customerId: string };

function toHold(row: DecisionRow, step: string): PersonHold {
  const { at, customerId, scenario, reason, facts } = row;
  const outcome = row.kind === 'put-off' ? 'put-off' : 'withheld';
  return { at, customerId, scenario, step, outcome, reason, sentence: tell(outcome, reason, facts) };
}

function tell(outcome: Hold['outcome'], reason: Reason, facts: Facts): string {
  const until = typeof facts.until === 'string' ? ` until ${tellMoment(facts.until)}` : '';
  return `${outcome === 'put-off' ? `Put off${until}.` : 'Not sent.'} ${sentenceOf(reason, facts)}`;
}

/** E-mails that were planned and then kept back, for a while or for good. */
function heldMessages(decisions: readonly DecisionRow[]): PersonHold[] {
  return decisions.flatMap((row) =>
    row.step && (row.kind === 'withheld' || row.kind === 'put-off') ? [toHold(row, row.step)] : [],
  );
}

/** E-mails that were never planned, since the shopper's way through the scenario ended before. */
function stoppedEarly(decisions: readonly DecisionRow[], messages: readonly MessageRow[]): PersonHold[] {
  const planned = Map.groupBy(messages, (message) => message.enrollmentId);
  return decisions
    .filter((row) => row.kind === 'ended' && row.reason !== 'finished')
    .flatMap((row) => {
      const done = new Set(planned.get(row.enrollmentId ?? '')?.map((message) => message.step));
      const left = emailSteps(CATALOGUE[row.scenario]).filter((step) => !done.has(step.id));
      return left.map((step) => toHold(row, step.id));
    });
}
