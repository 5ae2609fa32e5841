/**
 * Reads a file of people who must not get e-mails while it is being uploaded, and keeps what it says until the owner decides. Called by the
 * upload route. Nothing of the file reaches the log.
 */
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { emailKey } from '../../domain/customer';
import { type ListFault, type ListReading, readColumns } from '../../domain/refusal-list';
import { type Ignored, type Refusal, readRow } from '../../domain/refusal-row';
import type { Clock } from '../../lib/clock';
import { type CsvRecord, makeCsvReader, UnclosedQuote } from '../../lib/csv';
import { makeFileText } from '../../lib/file-text';
import { storableText } from '../../lib/storable-text';
import { addRows, closeList, discardList, openList } from '../../store/refusal-lists';
import { type Db, inShop } from '../../store/scope';

/** Half a million people, with everything a product exports of them. */
export const MOST_LIST_BYTES = 50 * 1024 * 1024;

export interface ListFile {
  name: string;
  /** When it was last written, as the browser tells: a list is true up to then. */
  modifiedAt: Date | null;
  bytes: AsyncIterable<Uint8Array>;
}

export type ListRefused =
  | ListFault
  | { code: 'too-large' }
  /** A workbook or an archive, by its first bytes. */
  | { code: 'not-text' }
  | { code: 'unclosed-quote'; line: number }
  /** Another file was brought meanwhile. */
  | { code: 'superseded' };

export type ListRead = { ok: true; id: string } | { ok: false; fault: ListRefused };

export type ReadRefusalList = (shopId: number, file: ListFile) => Promise<ListRead>;

const ROWS_AT_ONCE = 2000;

export function makeReadRefusalList({ db, clock }: { db: Db; clock: Clock }): ReadRefusalList {
  return async (shopId, file) => {
    const now = clock.now();
    const { name, modifiedAt } = file;
    const asOf = modifiedAt && modifiedAt < now ? modifiedAt : now;
    const fileName = storableText(name).slice(0, 200);
    const id = await inShop(db, shopId, (shop) => openList(shop, { fileName, asOf, uploadedAt: now }));
    const keep = (rows: Kept[]) => inShop(db, shopId, (shop) => addRows(shop, id, rows));
    try {
      const read = await readFile(file.bytes, { now, keep });
      await inShop(db, shopId, (shop) => closeList(shop, id, read));
      return { ok: true, id };
    } catch (error) {
      await inShop(db, shopId, (shop) => discardList(shop, id));
      const fault = faultOf(error);
      if (!fault) throw error;
      return { ok: false, fault };
    }
  };
}

type Kept = Refusal & { key: string; line: number };

class Refused extends Error {
  readonly fault: ListRefused;
  constructor(fault: ListRefused) {
    super(fault.code);
    this.fault = fault;
  }
}

function faultOf(error: unknown): ListRefused | null {
  if (error instanceof Refused) return error.fault;
  return error instanceof UnclosedQuote ? { code: 'unclosed-quote', line: error.line } : null;
}

interface Keeping {
  now: Date;
  keep(rows: Kept[]): Promise<boolean>;
}

/** @throws Refused, UnclosedQuote */
async function readFile(bytes: ListFile['bytes'], { now, keep }: Keeping) {
  const [hash, text, csv] = [createHash('sha256'), makeFileText(), makeCsvReader()];
  const people = makePeople(now);
  let size = 0;
  const take = async (records: CsvRecord[]) => {
    people.add(records);
    while (people.waiting.length >= ROWS_AT_ONCE) await flush();
  };
  const flush = async () => {
    if (!(await keep(people.waiting.splice(0, ROWS_AT_ONCE)))) throw new Refused({ code: 'superseded' });
  };
  for await (const chunk of bytes) {
    if (size === 0 && isBinary(chunk)) throw new Refused({ code: 'not-text' });
    size += chunk.length;
    if (size > MOST_LIST_BYTES) throw new Refused({ code: 'too-large' });
    hash.update(chunk);
    await take(csv.push(text.push(chunk)));
    // Chunks that wait already would follow each other without a pause, and nobody else be served.
    await setImmediate();
  }
  await take([...csv.push(text.end()), ...csv.end()]);
  if (people.waiting.length > 0) await flush();
  return { ...people.outcome(), fingerprint: hash.digest('hex') };
}

function makePeople(now: Date) {
  let reading: ListReading | null = null;
  let rows = 0;
  const waiting: Kept[] = [];
  const ignored: Partial<Record<Ignored, number>> = {};
  const addRow = (from: ListReading, { line, cells }: CsvRecord) => {
    const row = readRow(from, cells, now);
    if ('ignored' in row) {
      ignored[row.ignored] = (ignored[row.ignored] ?? 0) + 1;
      return;
    }
    rows += 1;
    const { refusal } = row;
    waiting.push({ ...refusal, key: storableText(emailKey(refusal.email)), line });
  };
  return {
    waiting,
    add(records: CsvRecord[]) {
      for (const record of records) {
        if (reading) {
          addRow(reading, record);
          continue;
        }
        const found = readColumns(record.cells);
        if ('code' in found) throw new Refused(found);
        reading = found;
        if (reading.headless) addRow(reading, record);
      }
    },
    outcome() {
      if (!reading) throw new Refused({ code: 'empty' });
      return { source: reading.source, columns: reading.columns.map(storableText), rows, ignored };
    },
  };
}

/** What a ZIP archive (and so every workbook), an old workbook, a PDF or a compressed file begins with. */
const BINARY = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
  [0x25, 0x50, 0x44, 0x46],
  [0x1f, 0x8b],
];

function isBinary(head: Uint8Array): boolean {
  return BINARY.some((mark) => mark.every((byte, index) => head[index] === byte));
}
