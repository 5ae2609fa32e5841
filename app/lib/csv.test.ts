import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeCsvReader, UnclosedQuote } from './csv';

/** The cells of a file told in pieces of this many characters. */
function read(text: string, size = text.length || 1) {
  const reader = makeCsvReader();
  const records = [];
  for (let at = 0; at < text.length; at += size) records.push(...reader.push(text.slice(at, at + size)));
  return [...records, ...reader.end()];
}
const cells = (text: string, size?: number) => read(text, size).map((record) => record.cells);

describe('a file of comma-separated values', () => {
  it('gives its cells, with quotes, doubled quotes, separators and line ends inside them', () => {
    expect(cells('a,b\n"x, ""y""\r\nz",2\n')).toEqual([
      ['a', 'b'],
      ['x, "y"\r\nz', '2'],
    ]);
  });

  it.each([',', ';', '\t', '|'])('may be separated by %j', (separator) => {
    expect(cells(`E-mail${separator}"a${separator}b"\nana@example.com${separator}1`)).toEqual([
      ['E-mail', `a${separator}b`],
      ['ana@example.com', '1'],
    ]);
  });

  it('counts separators outside quotes alone', () => {
    expect(cells('"a,b,c";d\n1;2')).toEqual([
      ['a,b,c', 'd'],
      ['1', '2'],
    ]);
  });

  it('goes by the line Excel says its separator in', () => {
    expect(cells('sep=;\nEmail;"Name, first"\nana@example.com;Ana')).toEqual([
      ['Email', 'Name, first'],
      ['ana@example.com', 'Ana'],
    ]);
  });

  it.each(['\n', '\r\n', '\r'])('may end its lines with %j, and the last need not end', (end) => {
    const records = read(['a,b', '', '1,2', '   ', '3,4'].join(end));
    expect(records).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 3, cells: ['1', '2'] },
      { line: 4, cells: ['   '] },
      { line: 5, cells: ['3', '4'] },
    ]);
  });

  it('counts the lines inside quotes', () => {
    expect(read('a,b\n"x\r\ny",1\nz,2').map(({ line }) => line)).toEqual([1, 2, 4]);
  });

  it('keeps a quote in the middle of a cell, and what follows a closing one', () => {
    expect(cells('5" nail,x\n"a"b,c')).toEqual([
      ['5" nail', 'x'],
      ['ab', 'c'],
    ]);
  });

  it('without anything in it has no records', () => {
    expect([cells(''), cells('\n\n\r\n')]).toEqual([[], []]);
  });

  it('says on which line the quotes were opened that nothing closes', () => {
    const line = (text: string) => {
      try {
        return read(text);
      } catch (error) {
        return error instanceof UnclosedQuote && error.line;
      }
    };
    expect(line('a,b\n1,2\n3,"open\n4,5\n')).toBe(3);
    expect(line(`a,b\n1,"${'x\n'.repeat(200_000)}`)).toBe(2);
  });

  it('is the same however it is cut into pieces', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', ';', '\n', '\r', ' ', '😀'), maxLength: 8 });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 7 }), fc.constantFrom('\n', '\r\n'), (rows, size, end) => {
        const text = ['h1,h2', ...rows.map((row) => row.map(quoted).join(','))].join(end);
        expect(cells(text, size)).toEqual([['h1', 'h2'], ...rows]);
      }),
    );
  });
});
