import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PREBUILT_EMAILS } from '../scenarios/emails';
import { richProblems } from './rich-problems';
import { parseRichLine, parseRichText, type Run, tidyLine } from './rich-words';
import { writeRichLine, writeRichText } from './write-rich-words';

const signs = fc.constantFrom(
  '*',
  '**',
  '[',
  ']',
  '\\',
  'a',
  ' ',
  'é',
  '](store)',
  '](https://a.example/?x=1)',
  '{',
  '|',
  '}',
);
const variables = fc.constantFrom('{first_name}', '{first_name|there}', '{code}', '{nobody}', '{ shop_name }');
/** Any line somebody might type or paste: mostly nonsense. */
const anyLine = fc.array(fc.oneof(signs, signs, variables), { maxLength: 14 }).map((parts) => parts.join(''));

const format = fc.record(
  {
    bold: fc.constant(true as const),
    link: fc.constantFrom('store', 'checkout', 'https://a.example/b?c=%28d%29'),
    optional: fc.nat(1),
  },
  { requiredKeys: [] },
);
const words = fc.constantFrom('a', '*', '**', 'b [c]', '[', '](store)', '\\', ' d ', '](x)');
const content = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text: words }),
  fc.record({
    kind: fc.constant('variable' as const),
    name: fc.constant('first_name' as const),
    fallback: fc.constantFrom(null, 'there', '*[x]'),
  }),
);
/** Any line the editor can hold. */
const anyRuns = fc.array(
  fc.tuple(content, format).map(([what, how]): Run => ({ ...what, ...how })),
  { maxLength: 8 },
);

describe('a longer text', () => {
  it('is the same text again after the editor read and wrote it, for every prebuilt one', () => {
    const texts = JSON.stringify(PREBUILT_EMAILS).match(/"(?:fr|en)":"(?:[^"\\]|\\.)*"/g) ?? [];
    expect(texts.length).toBeGreaterThan(200);
    for (const found of texts) {
      const text = String(JSON.parse(`{${found}}`)[found.slice(1, 3)]);
      expect(writeRichText(parseRichText(text))).toBe(text);
    }
  });

  it('says the same after the editor read and wrote it, whatever was typed', () => {
    fc.assert(
      fc.property(anyLine, (line) => {
        const runs = parseRichLine(line);
        const again = writeRichLine(runs);
        expect(parseRichLine(again)).toEqual(runs);
        expect(writeRichLine(parseRichLine(again))).toBe(again);
      }),
      { numRuns: 3000 },
    );
  });

  it('leaves alone what stands within braces that name nothing known', () => {
    const runs = parseRichLine('{*}\\\\*');
    expect(runs).toEqual([{ kind: 'text', text: '{*}\\*' }]);
    expect(parseRichLine(writeRichLine(runs))).toEqual(runs);
  });

  it('keeps whatever the editor holds', () => {
    fc.assert(
      fc.property(anyRuns, (held) => {
        const runs = tidyLine(held);
        expect(parseRichLine(writeRichLine(runs))).toEqual(runs);
      }),
      { numRuns: 3000 },
    );
  });

  it('reads bold words, links, optional parts and signs', () => {
    expect(parseRichLine('**Hello[ {first_name}]**, see [our **shop**](store) \\[1\\]')).toEqual([
      { kind: 'text', text: 'Hello', bold: true },
      { kind: 'text', text: ' ', bold: true, optional: 0 },
      { kind: 'variable', name: 'first_name', fallback: null, bold: true, optional: 0 },
      { kind: 'text', text: ', see ' },
      { kind: 'text', text: 'our ', link: 'store' },
      { kind: 'text', text: 'shop', link: 'store', bold: true },
      { kind: 'text', text: ' [1]' },
    ]);
  });

  it('takes signs that mean nothing as they are', () => {
    for (const line of ['2 ** 3', '[new]', 'a](b', '[x](soon)', '5 * 3 * 2', 'C:\\temp', '[[a]]'])
      expect(parseRichLine(line)).toEqual([{ kind: 'text', text: line }]);
  });

  it('names what is wrong with its variables and links', () => {
    const codes = (text: string) => richProblems(text).map(({ code }) => code);
    expect(codes('Hello {first_name|you}, [see {code}] and [this](https://a.example/)')).toEqual([]);
    expect(codes('Hello {first_name}')).toEqual(['may-be-missing']);
    expect(codes('**Hello {nobody}**')).toEqual(['unknown-variable']);
    expect(codes('Hello {{first_name|x}}')).toEqual(['open-brace', 'open-brace']);
    for (const target of [
      'javascript:alert`1`',
      'data:text/html,x',
      'https:///',
      '//evil.example',
      'mailto:a@b.example',
    ])
      expect([target, codes(`[x](${target})`)]).toEqual([target, ['link-address']]);
  });

  it('is read in one go, however many brackets it has', () => {
    const started = performance.now();
    expect(parseRichLine('[a](store) '.repeat(20_000))).toHaveLength(40_000);
    expect(parseRichLine('[[{code}]'.repeat(20_000)).length).toBeGreaterThan(20_000);
    // Pair by pair against all others this took half a minute.
    expect(performance.now() - started).toBeLessThan(10_000);
  }, 60_000);
});
