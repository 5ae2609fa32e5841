import { describe, expect, it } from 'vitest';
import { readPurchases } from './purchases';

const day = (iso: string) => Date.parse(iso) / 86_400_000;
const read = (...lines: string[]) => readPurchases(lines.join('\n'));

describe('a file of purchases', () => {
  it('is read with five columns: the second number is the customer', () => {
    expect(read(' 00004 0001 19970101  2   29.33')).toEqual([
      { line: 1, customer: '0001', day: day('1997-01-01'), items: 2, cents: 2933 },
    ]);
  });

  it('is read with four columns: the first is the customer', () => {
    expect(read('00004 19970101 2 29.3')).toEqual([
      { line: 1, customer: '00004', day: day('1997-01-01'), items: 2, cents: 2930 },
    ]);
  });

  it('may have CR LF, blank lines, tabs, a byte order mark and no end of line at its end', () => {
    const found = readPurchases('\uFEFF\r\n1\t19970101\t2\t29.33\r\n\r\n  \r\n2 20240229 1 7');
    expect(found.map(({ line, customer, cents }) => [line, customer, cents])).toEqual([
      [2, '1', 2933],
      [5, '2', 700],
    ]);
  });

  it('keeps what was given away, and amounts without a cent lost', () => {
    expect(read('1 19970101 1 0.00', '1 19970101 3 1.10', '1 19970101 1 4.35').map(({ cents }) => cents)).toEqual([
      0, 110, 435,
    ]);
  });
});

const GOOD = '1 1 19970101 2 29.33';

it.each([
  ['a missing column', [GOOD, '1 1 19970102 2'], /^Line 2: It has 4 columns, the lines before it have 5.*missing/],
  ['a column too many', [GOOD, '1 1 19970102 2 9.99 8'], /^Line 2: It has 6 columns/],
  ['commas', ['1,1,19970101,2,29.33'], /^Line 1: It has 1 column, not 4 or 5. Separate the columns by spaces or tabs/],
  ['a date that is none', [GOOD, '', '1 1 19970231 2 9.99'], /^Line 3: “19970231” is not a date. Write it as YYYYMMDD/],
  ['a date in another form', ['1 1 1997-02-01 2 9.99'], /^Line 1: “1997-02-01” is not a date/],
  ['a negative amount', [GOOD, '1 1 19970102 2 -9.99'], /^Line 2: “-9.99” is a negative amount. Leave refunds out/],
  ['a decimal comma', ['1 1 19970102 2 9,99'], /^Line 1: “9,99” is not an amount. Write dollars with a point/],
  ['no items', ['1 1 19970102 0 9.99'], /^Line 1: “0” is not a number of items/],
  ['a customer of odd signs', ['1 <b> 19970102 1 9.99'], /^Line 1: “<b>” cannot name a customer/],
  ['titles', ['id sample date cds usd', GOOD], /^Line 1: .*If these are titles, delete the line/],
  ['nothing', [''], /^There is no purchase in it/],
  ['blank lines alone', ['', '  '], /^There is no purchase in it/],
])('a file with %s is refused with the line and the mend', (_, lines, message) => {
  expect(() => read(...lines)).toThrow(message);
});
