/** Lists of people who must not get e-mails, from the bytes of a file to whoever comes with an address of it. */
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import type { RefusalKind } from '../../app/domain/refusal-list';
import { type Logger, makeLogger } from '../../app/log.server';
import { makeForgetting } from '../../app/pipeline/forget';
import { answerDataRequest, redactCustomer } from '../../app/pipeline/redact';
import { makeImportRefusals } from '../../app/pipeline/refusals/import-list';
import { MOST_LIST_BYTES, makeReadRefusalList } from '../../app/pipeline/refusals/read-list';
import { guestId } from '../../app/store/guests';
import { firstRows, loadLists, startImport } from '../../app/store/refusal-lists';
import { customers, dataRequests, enrollments, refusalLists, refusalRows } from '../../app/store/schema';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { at, checkoutBody, consentBody, openTeller, told } from './teller';

let database: TestDatabase;
let connection: Connection;
beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect({ url: database.workerUrl });
});
afterAll(async () => {
  await connection.close();
  await database.drop();
});

const NOW = at(600);
const HEADER = 'Email,Klaviyo ID,Email Marketing Consent,Email Marketing Consent Timestamp,Email Suppressions';
const klaviyo = (...lines: string[]) => [HEADER, ...lines].join('\n');

async function open() {
  const shop = await openTeller(connection);
  const lines: unknown[] = [];
  const log = {
    info: (line: unknown) => lines.push(line),
    warn: (line: unknown) => lines.push(line),
  } as unknown as Logger;
  let now = NOW;
  const clock = { now: () => now };
  const readList = makeReadRefusalList({ db: connection.db, clock });
  const run = makeImportRefusals({ db: connection.db, queue: shop.queue, clock, log });
  const read = (content: string | Uint8Array, more: { modifiedAt?: Date; size?: number } = {}) =>
    readList(shop.shopId, {
      name: 'export.csv',
      modifiedAt: more.modifiedAt ?? null,
      bytes: inPieces(typeof content === 'string' ? Buffer.from(content) : content, more.size ?? 1000),
    });
  const importId = async (id: string, kind: RefusalKind | null = null) => {
    await shop.within((scope) => startImport(scope, id, kind));
    await run({ shopId: shop.shopId, listId: id });
    return result();
  };
  const result = async () => (await shop.within(loadLists)).imported[0]?.result;
  const bring = async (content: string, kind: RefusalKind | null = null, more: { modifiedAt?: Date } = {}) => {
    const list = await read(content, more);
    if (!list.ok) throw new Error(list.fault.code);
    return importId(list.id, kind);
  };
  const customer = (id: number, email: string, minute: number, more: object = {}) =>
    shop.tell('customers/update', { id, email, updated_at: told(minute), ...more }, minute);
  return { ...shop, lines, read, bring, importId, tellCustomer: customer, setNow: (to: Date) => (now = to), run };
}

async function* inPieces(bytes: Uint8Array, size: number) {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

describe('a list that was read', () => {
  it('says how many are what before anything is taken', async () => {
    const { read, within, customer, tellCustomer } = await open();
    await tellCustomer(1, 'ana@example.com', 0, consentBody('subscribed', 0));
    const list = await read(
      klaviyo(
        'Ana@Example.com,1,UNSUBSCRIBED,2026-11-21 09:00:00,',
        '',
        'bo@example.com,2,SUBSCRIBED,,HARD_BOUNCE',
        'cy@example.com,3,SUBSCRIBED,,SPAM_COMPLAINT',
        ' ana@example.com ,4,SUBSCRIBED,,INVALID_EMAIL',
        'di@example.com,5,SUBSCRIBED,,',
        'nobody,6,UNSUBSCRIBED,,',
      ),
      { size: 7 },
    );
    expect(list.ok).toBe(true);
    const { open: waiting } = await within(loadLists);
    expect(waiting).toMatchObject({
      source: 'klaviyo',
      status: 'read',
      columns: ['Email', 'Email Marketing Consent', 'Email Suppressions'],
      counts: {
        ...{ addresses: 3, unsubscribed: 2, bounced: 2, complained: 1, repeated: 1 },
        ignored: { 'not-refused': 1, 'not-an-address': 1 },
      },
    });
    expect(await within((shop) => firstRows(shop, waiting?.id ?? '', 2))).toEqual([
      { email: 'ana@example.com', unsubscribed: true, suppressed: 'bounced', at: null },
      { email: 'bo@example.com', unsubscribed: false, suppressed: 'bounced', at: null },
    ]);
    expect(await customer('1')).toMatchObject({ consentState: 'subscribed', suppressed: null });
  });

  it('may be written as French Excel writes, in UTF-16 or Latin-1', async () => {
    const text = 'Adresse e-mail;Statut\r\nzoé@example.com;Désinscrit\r\n';
    for (const bytes of [
      Buffer.from(text, 'latin1'),
      Buffer.from(`\uFEFF${text}`, 'utf16le'),
      Buffer.from(`\uFEFF${text}`),
    ]) {
      const { read, within } = await open();
      expect(await read(bytes)).toMatchObject({ ok: true });
      const { open: list } = await within(loadLists);
      expect(await within((shop) => firstRows(shop, list?.id ?? '', 9))).toMatchObject([
        { email: 'zoé@example.com', unsubscribed: true },
      ]);
    }
  });

  it.each([
    ['Name,Phone\nAna,1', { code: 'no-address-column', columns: ['Name', 'Phone'] }],
    ['', { code: 'empty' }],
    ['\n\n', { code: 'empty' }],
    ['Email,State\nana@example.com,"unsub\n', { code: 'unclosed-quote', line: 2 }],
    [Buffer.from('504b030414000600', 'hex'), { code: 'not-text' }],
    ['Email Address,MEMBER_RATING,LEID,EUID\na@example.com,1,2,3', { code: 'subscribed-list' }],
  ])('is refused with what is wrong: %j', async (content, fault) => {
    const { read, within, shopId } = await open();
    expect(await read(content)).toEqual({ ok: false, fault });
    const left = await within(({ tx }) => tx.select().from(refusalLists).where(eq(refusalLists.shopId, shopId)));
    expect(left).toEqual([]);
  });

  it('is refused when it is too long, whatever length was announced', async () => {
    const { read } = await open();
    // Begins as a list must.
    const long = Buffer.alloc(MOST_LIST_BYTES + 1, `${'x'.repeat(4000)}\n`);
    long.write('Email\n');
    expect(await read(long, { size: 8 * 1024 * 1024 })).toEqual({ ok: false, fault: { code: 'too-large' } });
  });

  it('gives way to another, and is gone with its people after days without a word', async () => {
    const { read, within, shopId, setNow } = await open();
    await read('ana@example.com\nbo@example.com');
    const second = await read('cy@example.com');
    const rows = () =>
      within(({ tx }) =>
        tx.select({ key: refusalRows.emailKey }).from(refusalRows).where(eq(refusalRows.shopId, shopId)),
      );
    expect(await rows()).toEqual([{ key: 'cy@example.com' }]);
    expect((await within(loadLists)).open?.id).toBe(second.ok && second.id);
    const later = at(600 + 49 * 60);
    setNow(later);
    await makeForgetting({ db: connection.db, log: makeLogger('silent') })(later);
    expect([await rows(), (await within(loadLists)).open]).toEqual([[], null]);
  });
});

describe('an imported list', () => {
  it('withdraws consent with its own date, stops what is under way, and has Shopify told', async () => {
    const { bring, customer, tellCustomer, jobs, enrollments: course, shopId, lines } = await open();
    await tellCustomer(1, 'ana@example.com', 0, consentBody('subscribed', 0));
    expect((await course()).map(({ status }) => status)).toEqual(['active']);
    const result = await bring(klaviyo(`ANA@example.com,1,UNSUBSCRIBED,${told(30)},`));
    expect(result).toMatchObject({ stopped: 1, remembered: 0, cameBack: 0, already: 0 });
    expect(await customer('1')).toMatchObject({
      ...{ consentState: 'unsubscribed', consentUpdatedAt: at(30), consentUnpushed: true, suppressed: null },
    });
    expect((await course()).map(({ endReason }) => endReason)).toEqual(['unsubscribed']);
    expect(jobs).toContainEqual({ name: 'consent.push', payload: { shopId, customerId: '1' } });
    expect(JSON.stringify(lines)).not.toMatch(/ana@/i);
  });

  it('takes a bounce for a dead address, which refuses nothing and is not told', async () => {
    const { bring, customer, tellCustomer, jobs } = await open();
    await tellCustomer(1, 'ana@example.com', 0, consentBody('subscribed', 0));
    await bring(klaviyo(`ana@example.com,1,SUBSCRIBED,,HARD_BOUNCE`));
    expect(await customer('1')).toMatchObject({ suppressed: 'bounced', consentState: 'subscribed' });
    expect(jobs.filter(({ name }) => name === 'consent.push')).toEqual([]);
  });

  it('gives way to a newer opt-in, but for a complaint', async () => {
    const { bring, customer, tellCustomer } = await open();
    await tellCustomer(1, 'ana@example.com', 60, consentBody('subscribed', 60));
    await tellCustomer(2, 'bo@example.com', 60, consentBody('subscribed', 60));
    const result = await bring(
      klaviyo(
        `ana@example.com,1,UNSUBSCRIBED,${told(30)},`,
        `bo@example.com,1,UNSUBSCRIBED,${told(30)},SPAM_COMPLAINT`,
      ),
    );
    expect(result).toMatchObject({ stopped: 1, cameBack: 1 });
    expect(await customer('1')).toMatchObject({ consentState: 'subscribed', suppressed: null });
    expect(await customer('2')).toMatchObject({ consentState: 'subscribed', suppressed: 'complained' });
    await tellCustomer(2, 'bo@example.com', 90, consentBody('subscribed', 90));
    expect(await customer('2')).toMatchObject({ suppressed: 'complained' });
  });

  it('gives way to an opt-in that comes after it', async () => {
    const { bring, customer, tellCustomer } = await open();
    await tellCustomer(1, 'ana@example.com', 0, consentBody('subscribed', 0));
    await bring(klaviyo(`ana@example.com,1,UNSUBSCRIBED,${told(30)},`));
    // Told again as it was before: nothing newer.
    await tellCustomer(1, 'ana@example.com', 40, consentBody('subscribed', 0));
    expect(await customer('1')).toMatchObject({ consentState: 'unsubscribed' });
    await tellCustomer(1, 'ana@example.com', 50, consentBody('subscribed', 50));
    expect(await customer('1')).toMatchObject({ consentState: 'subscribed' });
  });

  it('without dates counts from when its file was written', async () => {
    const { bring, customer, tellCustomer } = await open();
    await tellCustomer(1, 'ana@example.com', 10, consentBody('subscribed', 10));
    await tellCustomer(2, 'bo@example.com', 50, consentBody('subscribed', 50));
    await bring('ana@example.com\nbo@example.com', 'unsubscribed', { modifiedAt: at(30) });
    expect(await customer('1')).toMatchObject({ consentState: 'unsubscribed', consentUpdatedAt: at(30) });
    expect(await customer('2')).toMatchObject({ consentState: 'subscribed' });
  });

  it('never gives consent, and touches nobody it does not name', async () => {
    const { bring, customer, tellCustomer } = await open();
    await tellCustomer(1, 'ana@example.com', 0, consentBody('unsubscribed', 0));
    await tellCustomer(2, 'bo@example.com', 0, consentBody('not_subscribed', null));
    await tellCustomer(3, 'cy@example.com', 0, consentBody('subscribed', 0));
    const result = await bring(
      klaviyo('ana@example.com,1,SUBSCRIBED,2026-11-21 09:00:00,', 'bo@example.com,1,SUBSCRIBED,2026-11-21 09:00:00,'),
    );
    expect(result).toMatchObject({ stopped: 0, already: 0 });
    expect([(await customer('1'))?.consentState, (await customer('2'))?.consentState]).toEqual([
      'unsubscribed',
      'not_subscribed',
    ]);
    expect(await customer('3')).toMatchObject({ consentState: 'subscribed' });
  });

  it('changes nothing when it is imported again, even for those who came back meanwhile', async () => {
    const { bring, customer, tellCustomer, jobs, setNow } = await open();
    await tellCustomer(1, 'ana@example.com', 0, consentBody('subscribed', 0));
    await tellCustomer(2, 'bo@example.com', 0, consentBody('subscribed', 0));
    const list = 'ana@example.com\nbo@example.com\nnew@example.com';
    expect(await bring(list, 'unsubscribed')).toMatchObject({ stopped: 2, remembered: 1 });
    await tellCustomer(2, 'bo@example.com', 700, consentBody('subscribed', 700));
    const [before, told] = [await customer('1'), jobs.length];
    setNow(at(800));
    expect(await bring(list, 'unsubscribed')).toMatchObject({
      stopped: 0,
      already: 1,
      cameBack: 1,
      rememberedBefore: 1,
      remembered: 0,
    });
    expect(await customer('1')).toEqual(before);
    expect(await customer('2')).toMatchObject({ consentState: 'subscribed' });
    expect(jobs.length).toBe(told);
  });

  it('goes on where it stopped, and is done once', async () => {
    const { read, within, run, shopId, importId } = await open();
    const people = Array.from({ length: 2500 }, (_, index) => `p${index}@example.com`);
    const list = await read(people.join('\n'), { size: 4096 });
    if (!list.ok) throw new Error('not read');
    expect(await importId(list.id, 'unsubscribed')).toMatchObject({ remembered: 2500 });
    await run({ shopId, listId: list.id });
    expect(await within((scope) => startImport(scope, list.id, null))).toBe(false);
    expect((await within(loadLists)).imported).toHaveLength(1);
  });
});

describe('an address nobody has yet', () => {
  async function remembered(kind: RefusalKind = 'unsubscribed') {
    const shop = await open();
    await shop.bring('Ana@example.com', kind, { modifiedAt: at(30) });
    return shop;
  }
  const guest = guestId('ana@example.com');

  it('is remembered by its hash alone', async () => {
    const { customer, within, shopId } = await remembered();
    expect(await customer(guest)).toMatchObject({
      ...{ email: null, emailKey: null, consentState: 'unsubscribed', deletedAt: NOW },
    });
    const rows = await within(({ tx }) => tx.select().from(customers).where(eq(customers.shopId, shopId)));
    expect(JSON.stringify(rows)).not.toMatch(/ana@/i);
  });

  it('is refused for the customer who comes with it, unless they subscribed after the list', async () => {
    const early = await remembered();
    await early.tellCustomer(1, 'ana@example.com', 700, consentBody('subscribed', 20));
    expect(await early.customer('1')).toMatchObject({ consentState: 'unsubscribed', consentUnpushed: true });
    const late = await remembered();
    await late.tellCustomer(1, 'ana@example.com', 700, consentBody('subscribed', 690));
    expect(await late.customer('1')).toMatchObject({ consentState: 'subscribed' });
  });

  it('is refused for a guest at a checkout, and nobody is enrolled who complained', async () => {
    const { tell, customer, shopId, within } = await remembered('complained');
    await tell('checkouts/create', checkoutBody(50, 700, { email: 'ana@example.com' }), 700);
    expect(await customer(guest)).toMatchObject({
      consentState: 'unsubscribed',
      suppressed: 'complained',
      deletedAt: null,
    });
    await tell(
      'customers/create',
      { id: 1, email: 'ana@example.com', updated_at: told(701), ...consentBody('subscribed', 701) },
      701,
    );
    expect(await customer('1')).toMatchObject({ suppressed: 'complained' });
    const rows = await within(({ tx }) =>
      tx
        .select()
        .from(enrollments)
        .where(and(eq(enrollments.shopId, shopId), eq(enrollments.customerId, 'nobody'))),
    );
    expect(rows).toEqual([]);
  });

  it('of somebody who was erased stays as it is', async () => {
    const { within, bring, customer, queue } = await open();
    const person = { customerId: null, email: 'ana@example.com', orderIds: [] };
    await within((scope) => redactCustomer({ queue }, scope, { person, now: at(1) }));
    expect(await bring('ana@example.com', 'complained')).toMatchObject({ erased: 1, remembered: 0 });
    expect(await customer(guest)).toMatchObject({ consentState: 'redacted', suppressed: null });
  });

  it('in a list not imported yet is told to whoever asks, and forgotten when they ask for that', async () => {
    const { read, within, shopId, queue } = await open();
    await read('ana@example.com\nbo@example.com');
    const person = { customerId: null, email: 'Ana@example.com', orderIds: [] };
    await within((scope) => answerDataRequest(scope, { requestId: '1', person, requestedAt: NOW, now: NOW }));
    const [request] = await within(({ tx }) => tx.select().from(dataRequests).where(eq(dataRequests.shopId, shopId)));
    expect(request?.data).toMatchObject({ listsNotImported: [{ email: 'ana@example.com' }] });
    await within((scope) => redactCustomer({ queue }, scope, { person, now: NOW }));
    const left = await within(({ tx }) =>
      tx.select({ key: refusalRows.emailKey }).from(refusalRows).where(eq(refusalRows.shopId, shopId)),
    );
    expect(left).toEqual([{ key: 'bo@example.com' }]);
  });
});
