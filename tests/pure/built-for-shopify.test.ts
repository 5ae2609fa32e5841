/** Keeps docs/built-for-shopify.md honest: every line of Shopify's list is answered, and what it points to is there. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const docs = readFileSync('docs/built-for-shopify.md', 'utf8');
const sections = new Map(docs.split(/^## /m).map((part) => [part.split('\n')[0] ?? '', part]));

/** The cells of a section's table, without its head. */
const rowsOf = (section: string) =>
  (sections.get(section) ?? '')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (line|---)/.test(line))
    .map((line) => line.slice(2, -2).split(' | '));

/** How many lines each part of Shopify's list has: 1.1 has two, 1.2 three, and so on. */
const LINES = {
  '1. Prerequisites': { '1.1': 2, '1.2': 3 },
  '2. Performance': { '2.1': 3, '2.2': 1, '2.3': 1 },
  '3. Integration': { '3.1': 5, '3.2': 2 },
  '4. Design': { '4.1': 6, '4.2': 6, '4.3': 7 },
  '5. By category': {
    '5.1': 2,
    '5.2': 1,
    '5.3': 1,
    '5.4': 2,
    '5.5': 4,
    '5.6': 4,
    '5.7': 3,
    '5.8': 7,
    '5.9': 1,
    '5.10': 1,
    '5.11': 2,
    '5.12': 4,
    '5.13': 4,
    '5.14': 5,
  },
};

/** `5.1.1 to 5.1.3` stands for three lines. */
function linesOf(cell: string): string[] {
  const [first = '', last = first] = cell.split(' to ');
  const part = first.slice(0, first.lastIndexOf('.'));
  const number = (line: string) => Number(line.slice(line.lastIndexOf('.') + 1));
  return Array.from({ length: number(last) - number(first) + 1 }, (_, at) => `${part}.${number(first) + at}`);
}

describe('docs/built-for-shopify.md', () => {
  it.each(Object.entries(LINES))('answers every line of "%s", once', (section, parts) => {
    const wanted = Object.entries(parts).flatMap(([part, count]) =>
      Array.from({ length: count }, (_, at) => `${part}.${at + 1}`),
    );
    expect(rowsOf(section).flatMap(([line = '']) => linesOf(line))).toEqual(wanted);
  });

  it.each([...Object.keys(LINES), 'App Store requirements'])(
    'answers "%s" with one of three words, and says how',
    (section) => {
      for (const [line, asked, answer = '', how = ''] of rowsOf(section)) {
        expect(asked).toBeTruthy();
        expect([line, answer]).toEqual([
          line,
          expect.stringMatching(/^(met|not applicable|needs a real store)(, and needs a real store)?$/),
        ]);
        expect(how.length).toBeGreaterThan(10);
      }
    },
  );

  it('names only tests, files and commands that are there', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    const names = [...docs.matchAll(/`([^`]+)`/g)].map((found) => found[1] ?? '');
    const files = names.filter((name) => /^[\w./$-]+\.(tsx?|md|toml|css|svg)$/.test(name));
    expect(files.length).toBeGreaterThan(30);
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
    const commands = names.flatMap((name) => /^npm run ([\w:-]+)/.exec(name)?.[1] ?? []);
    expect(commands.filter((name) => !(name in scripts))).toEqual([]);
    const links = [...docs.matchAll(/\]\((decisions\/[^)]+)\)/g)].map((found) => `docs/${found[1]}`);
    expect(links.filter((file) => !existsSync(file))).toEqual([]);
  });
});
