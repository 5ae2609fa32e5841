/** What a round left behind, for the verdict: the database's rows, what SendGrid took, and which hand-overs nobody told the outcome of. */
import { answeredAt, type Person, type Store } from './crowd';
import { steadily } from './database';
import type { System } from './system';
import type { Timeline } from './timeline';
import type { Expected, Row } from './verdict';

/** Where what the round sent begins. */
export interface Begin {
  message: number;
  handover: number;
}

export const beginOf = ({ sendgrid, gate }: System): Begin => ({
  message: sendgrid.state.messages.length,
  handover: gate.handovers.length,
});

/** When SendGrid took each message. */
export function acceptedSince({ sendgrid }: System, { message }: Begin): Map<string, number[]> {
  const accepted = new Map<string, number[]>();
  for (const { customArgs, sentAt } of sendgrid.state.messages.slice(message)) {
    const id = customArgs.message ?? '';
    accepted.set(id, [...(accepted.get(id) ?? []), sentAt]);
  }
  return accepted;
}

/** A later hand-over of the same message has the last word. */
export function untoldSince({ gate }: System, { handover }: Begin): Set<string> {
  const untold = new Set<string>();
  for (const { messageIds, told } of gate.handovers.slice(handover)) {
    for (const id of messageIds) {
      if (told) untold.delete(id);
      else untold.add(id);
    }
  }
  return untold;
}

/** SendGrid refused the request whole: its e-mails are handed over anew under the same claim. */
const REFUSED_WHOLE: readonly (number | null)[] = [400, 413];

/** When each message was first handed over under its last claim. */
function leavingTimes({ gate }: System, { handover }: Begin, { businessOf }: Timeline): Map<string, number> {
  const last = new Map<string, { first: number; status: number | null }>();
  for (const { messageIds, at, status } of gate.handovers.slice(handover)) {
    for (const id of messageIds) {
      const before = last.get(id);
      const isSameClaim = before !== undefined && REFUSED_WHOLE.includes(before.status);
      last.set(id, { first: isSameClaim ? before.first : businessOf(at), status });
    }
  }
  return new Map([...last].map(([id, { first }]) => [id, first]));
}

/** Learns which messages the app planned for those who came by webhook. */
export async function findArrivals({ database: { sql } }: System, { shopId }: Store, people: readonly Person[]) {
  const arrived = people.filter(({ arrival }) => arrival !== undefined);
  const rows = await steadily(
    () => sql<{ id: string; customer_id: string; step: string }[]>`
      select id, customer_id, step from messages
      where shop_id = ${shopId} and customer_id = any(${arrived.map(({ customerId }) => customerId)})`,
  );
  const found = new Map(rows.map((row) => [`${row.customer_id} ${row.step}`, row.id]));
  for (const person of arrived) person.messageId = found.get(`${person.customerId} ${person.arrival?.step}`) ?? '';
}

export async function rowsOf(
  { system, store: { shopId }, timeline }: { system: System; store: Store; timeline: Timeline },
  people: readonly Person[],
  begin: Begin,
): Promise<Map<string, Row>> {
  const { sql } = system.database;
  const left = leavingTimes(system, begin, timeline);
  const ids = people.map(({ messageId }) => messageId).filter((id) => id !== '');
  const rows = await steadily(
    () => sql<
      {
        id: string;
        status: string;
        reason: string | null;
        claimed_at: Date | null;
        claim_id: string | null;
        handed_over_at: Date | null;
        sent_at: Date | null;
      }[]
    >`
      select id, status, reason, claimed_at, claim_id, handed_over_at, sent_at from messages
      where shop_id = ${shopId} and id = any(${ids}::uuid[])`,
  );
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        status: row.status,
        reason: row.reason,
        claimedAt: row.claimed_at?.getTime() ?? null,
        claimId: row.claim_id,
        leftFirstAt: left.get(row.id) ?? null,
        handedOverAt: row.handed_over_at?.getTime() ?? null,
        sentAt: row.sent_at?.getTime() ?? null,
      },
    ]),
  );
}

export function expectedOf({ businessOf }: Timeline, person: Person): Expected {
  const { messageId, customerId, email, dueAt, urgency, poisoned, stop, arrival } = person;
  const businessOrNot = (real: number | undefined) => (real === undefined ? undefined : businessOf(real));
  return {
    // Two who came by webhook and got nothing are two nevertheless.
    messageId: messageId === '' ? `of ${customerId}` : messageId,
    ...{ email, dueAt, urgency, poisoned, person: customerId },
    toldAt: stop === null ? null : businessOrNot(answeredAt(stop.deliveries)),
    orderedAt: stop?.kind === 'order' ? stop.at : undefined,
    arrivedAt: arrival && businessOrNot(answeredAt(arrival.deliveries)),
  };
}

/** How many e-mails of these people still wait for anything but a word of SendGrid's, or for the hour that lets them go. */
export async function countOpen(
  { database: { sql }, now }: System,
  { shopId }: Store,
  people: readonly Person[],
): Promise<number> {
  const customers = [...new Set(people.map(({ customerId }) => customerId))];
  const awaited = people.filter(({ arrival, stop }) => arrival !== undefined && stop === null);
  const [soon, unanswered] = [new Date(now() + SOON_MS), new Date(now() - ANSWER_MS)];
  const [row] = await steadily(
    () => sql<{ open: number; planned: number }[]>`
      select
        (select count(*)::int from messages where shop_id = ${shopId} and customer_id = any(${customers})
          and (status = 'claimed' or status = 'handed-over' and handed_over_at > ${unanswered}
            or status = 'planned'
              and (due_at is null or due_at < ${soon} or coalesce(reason, '') <> all(${HELD_BY_THE_HOUR})))) as open,
        (select count(*)::int from messages where shop_id = ${shopId} and step in ('hello', 'first-reminder')
          and customer_id = any(${awaited.map(({ customerId }) => customerId)})) as planned`,
  );
  return (row?.open ?? 0) + Math.max(0, awaited.length - (row?.planned ?? 0));
}

/** A worker waits this long for SendGrid's answer. */
const ANSWER_MS = 16_000;
const SOON_MS = 60_000;
const HELD_BY_THE_HOUR = ['quiet-hours', 'too-soon', 'frequency-cap'];

export async function isNothingUnderWay({ database: { sql }, sendgrid }: System, { shopId }: Store): Promise<boolean> {
  const [row] = await steadily(
    () => sql<{ open: number }[]>`
      select (select count(*) from messages where shop_id = ${shopId} and status in ('claimed', 'handed-over'))::int
        + (select count(*) from inbound_events where shop_id = ${shopId} and processed_at is null)::int as open`,
  );
  const { queued, inFlight, retrying } = sendgrid.state.poster.pending();
  return row?.open === 0 && queued + inFlight + retrying === 0;
}
