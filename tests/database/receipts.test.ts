/** What SendGrid tells of many e-mails at once comes to the same as one by one, and waits for nobody. */
import { and, asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import { readStoredEvent, type SendgridEvent } from '../../app/gateways/sendgrid/events';
import { makeLogger } from '../../app/log.server';
import { applyMailEvent } from '../../app/pipeline/apply-mail-event';
import { makeRouteEvent } from '../../app/pipeline/route-event';
import { makeRouteEvents } from '../../app/pipeline/route-events';
import { makeRouteReceipts } from '../../app/pipeline/route-receipts';
import type { StoredEvent } from '../../app/queue/route-jobs';
import { storeInboundEvents } from '../../app/store/inbound-events';
import { clicks, decisions, inboundEvents, messages } from '../../app/store/schema';
import { inShop } from '../../app/store/scope';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { seedCustomer, seedMessage, seedShop } from './seed';
import { type Door, openDoor } from './shopify-door';

const NOW = new Date('2026-03-03T10:00:00Z');
const at = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const clock = { now: () => at(3600) };
const log = makeLogger('silent');
const queue = { enqueue: async () => {} };

let database: TestDatabase;
let connection: Connection;
let door: Door;
beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect({ url: database.workerUrl });
  door = await openDoor();
});
afterAll(async () => {
  await door.close();
  await connection.close();
  await database.drop();
});

const stages = () => {
  const { db } = connection;
  const routeEvent = makeRouteEvent({
    ...{ ...door, db, clock, log, react: async () => {} },
    applyMailEvent: (shop, payload, now) => applyMailEvent({ queue }, shop, readStoredEvent(payload), now),
  });
  return { routeEvent, routeReceipts: makeRouteReceipts({ db, clock, log }) };
};

type Word = [name: SendgridEvent['name'], seconds: number, more?: Partial<SendgridEvent>];
interface Mail {
  status: 'sent' | 'handed-over' | 'unsettled' | 'withheld';
  told: readonly Word[];
}

/** Every kind of e-mail a job may speak of, and what is told of it, in the order told. */
const MAILS: readonly Mail[] = [
  {
    status: 'sent',
    told: [
      ['processed', 1],
      ['delivered', 2],
    ],
  },
  {
    status: 'sent',
    told: [
      ['delivered', 2],
      ['processed', 1],
    ],
  },
  {
    status: 'sent',
    told: [
      ['delivered', 5],
      ['delivered', 2],
      ['processed', 4],
      ['processed', 1],
    ],
  },
  { status: 'sent', told: [['processed', 1]] },
  {
    status: 'handed-over',
    told: [
      ['processed', 1],
      ['delivered', 2],
    ],
  },
  { status: 'unsettled', told: [['delivered', 2]] },
  { status: 'withheld', told: [['processed', 1]] },
  {
    status: 'sent',
    told: [
      ['click', 3, { url: 'https://lune.example/a' }],
      ['delivered', 2],
    ],
  },
  {
    status: 'sent',
    told: [
      ['processed', 1],
      ['bounce', 2, { bounceType: 'bounce' }],
    ],
  },
  {
    status: 'sent',
    told: [
      ['deferred', 1],
      ['delivered', 9],
    ],
  },
];

/** A shop with these e-mails and the stored events of them all, in the order told. */
async function shopWith(mails: readonly Mail[]) {
  const shopId = await seedShop(connection.db, { now: NOW });
  const events: (StoredEvent & { payload: string; triggeredAt: Date })[] = [];
  const ids: string[] = [];
  for (const [index, { status, told }] of mails.entries()) {
    const customerId = await seedCustomer(connection.db, shopId);
    const id = await seedMessage(connection.db, shopId, { customerId, now: NOW });
    ids.push(id);
    const set = { status, sentAt: status === 'sent' ? NOW : null, handedOverAt: status === 'withheld' ? null : NOW };
    await inShop(connection.db, shopId, ({ tx }) => tx.update(messages).set(set).where(eq(messages.id, id)));
    for (const [name, seconds, more] of told)
      events.push(stored(shopId, { name, at: at(seconds), messageId: id, ...more }, `${index}`));
  }
  return { shopId, ids, events };
}

let count = 0;
function stored(
  shopId: number,
  event: Partial<SendgridEvent> & Pick<SendgridEvent, 'name' | 'at' | 'messageId'>,
  tag: string,
) {
  count += 1;
  const id = `${tag}-${count}`;
  const payload = JSON.stringify({
    ...{ id, shopId, providerMessageId: 'x', url: null, bounceType: null, reason: null },
    ...{ machine: false, userAgent: 'Mozilla/5.0 (iPhone)', ...event },
  });
  return { shopId, source: 'sendgrid' as const, topic: event.name, dedupeKey: id, triggeredAt: event.at, payload };
}

async function store(shopId: number, events: readonly (StoredEvent & { payload: string; triggeredAt: Date })[]) {
  await inShop(connection.db, shopId, (shop) => storeInboundEvents(shop, events, NOW));
}

/** What the shop knows of its e-mails afterwards; ids and names of events left out, which differ between shops. */
async function knownOf(shopId: number, ids: readonly string[]) {
  return inShop(connection.db, shopId, async ({ tx }) => {
    const place = (id: string | null) => ids.indexOf(id ?? '');
    const rows = await tx.select().from(messages).where(eq(messages.shopId, shopId));
    const inbound = await tx.select().from(inboundEvents).where(eq(inboundEvents.shopId, shopId));
    const noted = await tx.select().from(decisions).where(eq(decisions.shopId, shopId));
    const clicked = await tx.select().from(clicks).where(eq(clicks.shopId, shopId));
    return {
      messages: ids.map((id) => {
        const row = rows.find((one) => one.id === id);
        return row && [row.status, row.sentAt, row.processedAt, row.deliveredAt, row.clickedAt, row.bouncedAt];
      }),
      // A click may be told before the delivery that unmasks it, or after: what is thought of it at first differs, not what it ends as.
      events: inbound
        .map(({ topic, outcome, processedAt }) => [topic, topic === 'click' ? outcome !== null : outcome, processedAt])
        .toSorted(byText),
      decisions: noted.map(({ messageId, kind, reason }) => [place(messageId), kind, reason]).toSorted(byText),
      clicks: clicked.map(({ messageId, machine }) => [place(messageId), machine]).toSorted(byText),
    };
  });
}
const byText = (a: unknown, b: unknown) => JSON.stringify(a).localeCompare(JSON.stringify(b));

describe('what SendGrid tells of many e-mails', () => {
  it('comes to the same whether it is applied together or one by one', async () => {
    const together = await shopWith(MAILS);
    const alone = await shopWith(MAILS);
    const { routeEvent, routeReceipts } = stages();
    for (const { shopId, events } of [together, alone]) {
      events.push(stored(shopId, { name: 'delivered', at: NOW, messageId: crypto.randomUUID() }, 'nobody'));
      await store(shopId, events);
    }
    await makeRouteEvents({ routeEvent, routeReceipts })(together);
    for (const event of alone.events) await routeEvent(event);
    const known = await knownOf(together.shopId, together.ids);
    expect(known).toEqual(await knownOf(alone.shopId, alone.ids));
    // So that the two are not alike in nothing: a flood's usual e-mail, one settled, one clicked too fast.
    expect(known.messages[0]).toEqual(['sent', NOW, at(1), at(2), null, null]);
    expect(known.messages[4]).toEqual(['sent', NOW, at(1), at(2), null, null]);
    expect(known.clicks).toEqual([[7, 'too-fast']]);
    expect(known.events.filter(([, outcome]) => outcome === null)).toEqual([]);
  });

  it('is applied once: again, nothing is left of it and nothing moves', async () => {
    const { shopId, ids, events } = await shopWith(MAILS.slice(0, 3));
    await store(shopId, events);
    const run = makeRouteEvents(stages());
    await run({ events });
    const known = await knownOf(shopId, ids);
    await run({ events });
    expect(await knownOf(shopId, ids)).toEqual(known);
  });

  it('leaves one by one what asks for more, what it cannot read and what somebody else holds, and waits for nobody', async () => {
    const { shopId, ids, events } = await shopWith([...MAILS.slice(0, 5), ...MAILS.slice(0, 1)]);
    const broken = {
      ...stored(shopId, { name: 'delivered', at: NOW, messageId: ids[0] ?? '' }, 'broken'),
      payload: '{',
    };
    await store(shopId, [...events, broken]);
    const held = ids[5] ?? '';
    const left = await inShop(connection.db, shopId, async ({ tx }) => {
      await tx
        .select()
        .from(messages)
        .where(and(eq(messages.shopId, shopId), eq(messages.id, held)))
        .for('update');
      return stages().routeReceipts([...events, broken]);
    });
    const isLeft = ({ payload }: { payload: string }) =>
      payload === '{' || [ids[4], held].some((id) => payload.includes(id ?? ''));
    expect(left).toEqual([...events, broken].filter(isLeft));
    const open = await inShop(connection.db, shopId, ({ tx }) =>
      tx.select().from(inboundEvents).where(eq(inboundEvents.shopId, shopId)).orderBy(asc(inboundEvents.dedupeKey)),
    );
    expect(open.filter(({ processedAt }) => processedAt === null)).toHaveLength(left.length);
  });

  it('that fails for one of them together is applied for the others all the same', async () => {
    const { shopId, ids, events } = await shopWith(MAILS.slice(0, 2));
    const senseless = stored(shopId, { name: 'delivered', at: NOW, messageId: 'no-uuid' }, 'senseless');
    await store(shopId, [...events, senseless]);
    await makeRouteEvents(stages())({ events: [...events, senseless] });
    const known = await knownOf(shopId, ids);
    expect(known.messages).toEqual([
      ['sent', NOW, at(1), at(2), null, null],
      ['sent', NOW, at(1), at(2), null, null],
    ]);
    expect(known.events.filter(([, outcome]) => outcome !== 'applied').map(([, outcome]) => outcome)).toEqual([
      'malformed',
    ]);
  });
});
