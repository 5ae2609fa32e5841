import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRichText } from '../emails/rich-words';
import { writeRichText } from '../emails/write-rich-words';
import { PREBUILT_EMAILS } from '../scenarios/emails';
import { cleanFallback, documentOf, textOf } from './rich-document';

const piece = fc.constantFrom(
  ...['Hello', ' ', '**', '[', ']', '{first_name}', '{code|none}', '{nobody}', '\n', '\n\n', '\\', '*', '](store)'],
  ...['](https://a.example/)', 'é', '<b>', '&amp;'],
);

describe('a longer text in the visual editor', () => {
  it('comes back as it was, for every prebuilt one', () => {
    for (const { blocks } of Object.values(PREBUILT_EMAILS).flat()) {
      const texts = blocks.flatMap((block) => ('text' in block && block.text ? Object.values(block.text) : []));
      for (const text of texts) expect(textOf(documentOf(text))).toBe(text);
    }
  });

  it('says the same again, whatever was written', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = pieces.join('');
        const back = textOf(documentOf(text));
        expect(back).toBe(writeRichText(parseRichText(text)));
        expect(documentOf(back)).toEqual(documentOf(textOf(documentOf(back))));
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps two optional parts apart', () => {
    const text = 'Hi[ {first_name}][ ({code})]';
    const parts = (documentOf(text).content?.[0]?.content ?? []).map(({ marks }) => marks?.[0]?.attrs?.part);
    expect(parts).toEqual([undefined, 0, 0, 1, 1, 1]);
    expect(textOf(documentOf(text))).toBe(text);
  });

  it('takes nothing into a fallback that would end it', () => {
    expect(cleanFallback('th{er}e|\n!')).toBe('there!');
    expect(cleanFallback('')).toBe(null);
  });
});
