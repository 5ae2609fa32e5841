// Reads a file of real purchases, one a line. Used by the sample store's door and, before anything starts, by the demo.
import { SandboxRefusal } from '../http/refusal';

export interface Purchase {
  /** Where it stands in the file, from 1. */
  line: number;
  /** As the file calls whoever bought. */
  customer: string;
  /** Whole days since 1970. */
  day: number;
  items: number;
  cents: number;
}

export const PURCHASE_FORM = 'customer, date as YYYYMMDD, number of items, amount in USD';
const DAY = 86_400_000;
const MOST_ITEMS = 1000;

/** What is wrong with a line and how to mend it. */
class Fault extends Error {}

function readCustomer(text: string): string {
  if (!/^[\w.@-]{1,64}$/.test(text))
    throw new Fault(`“${text}” cannot name a customer. Give a number or a short word without punctuation.`);
  return text;
}

function readDay(text: string): number {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(text) ?? [];
  const moment = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const isReal = year !== undefined && new Date(moment).toISOString().startsWith(`${year}-${month}-${day}`);
  if (!isReal) throw new Fault(`“${text}” is not a date. Write it as YYYYMMDD, for example 19970118.`);
  return moment / DAY;
}

function readItems(text: string): number {
  const items = /^\d+$/.test(text) ? Number(text) : 0;
  if (items < 1 || items > MOST_ITEMS)
    throw new Fault(`“${text}” is not a number of items. Write a whole number from 1 to ${MOST_ITEMS}.`);
  return items;
}

function readCents(text: string): number {
  if (/^-\d/.test(text))
    throw new Fault(`“${text}” is a negative amount. Leave refunds out: the file holds purchases only.`);
  const [, whole, part = ''] = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(text) ?? [];
  if (whole === undefined)
    throw new Fault(
      `“${text}” is not an amount. Write dollars with a point, for example 29.33, and no sign of currency.`,
    );
  return Number(whole) * 100 + Number(part.padEnd(2, '0'));
}

/** The columns behind each other; in five the customer has two numbers, and the second is the one that counts. */
function readLine(columns: readonly string[], width: number): Omit<Purchase, 'line'> {
  if (columns.length !== width) {
    const reason = columns.length < width ? 'a value is missing or the line was cut off' : 'a value has a space in it';
    throw new Fault(`It has ${count(columns.length, 'column')}, the lines before it have ${width}: ${reason}.`);
  }
  const [customer = '', day = '', items = '', amount = ''] = columns.slice(-4);
  return {
    customer: readCustomer(customer),
    day: readDay(day),
    items: readItems(items),
    cents: readCents(amount),
  };
}

const count = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`;

function checkWidth(columns: readonly string[], line: string): void {
  if (columns.length === 4 || columns.length === 5) return;
  const how = /[,;]/.test(line) ? 'Separate the columns by spaces or tabs.' : `Write ${PURCHASE_FORM}.`;
  throw new Fault(`It has ${count(columns.length, 'column')}, not 4 or 5. ${how}`);
}

/**
 * Reads the purchases in the order of the file; lines may end in CR LF, and blank ones are passed over.
 * Four columns, separated by spaces or tabs: customer, date, number of items, amount. With five, the first is the
 * customer's number in a greater set, which this leaves aside.
 * @throws SandboxRefusal that names the line and the mend
 */
export function readPurchases(text: string): Purchase[] {
  const purchases: Purchase[] = [];
  let width = 0;
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const line = raw.trim();
    if (line === '') continue;
    const columns = line.split(/\s+/);
    try {
      if (width === 0) checkWidth(columns, line);
      width ||= columns.length;
      purchases.push({ line: index + 1, ...readLine(columns, width) });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      const title = purchases.length === 0 && /^[^\d]+$/.test(line) ? ' If these are titles, delete the line.' : '';
      throw new SandboxRefusal(`Line ${index + 1}: ${error.message}${title}`);
    }
  }
  if (purchases.length === 0)
    throw new SandboxRefusal(`There is no purchase in it. Each line holds one: ${PURCHASE_FORM}.`);
  return purchases;
}
