import { describe, expect, it } from 'vitest';
import { htmlPlaces } from './html-places';
import { mark } from './marks';
import { parseMarks } from './parts';

const slot = mark({ kind: 'value', name: 'title' });

/** Where the slots of a page stand, in order. */
function placesOf(html: string) {
  return parseMarks(html, htmlPlaces(html)).flatMap((part) =>
    typeof part !== 'string' && part.kind === 'value' ? [part.place] : [],
  );
}

describe('where a slot stands', () => {
  it('is told by the HTML around it', () => {
    const html = `<p title="a > b ${slot}">${slot}</p><a class="x" href="${slot}">1 < 2 ${slot}</a><img src="${slot}" alt="${slot}"/>`;
    expect(placesOf(html)).toEqual(['attribute', 'html', 'url', 'html', 'url', 'attribute']);
  });

  it('is told inside what only Outlook reads', () => {
    expect(placesOf(`<!--[if mso]><v:rect href="${slot}"></v:rect><![endif]--><title>${slot}</title>`)).toEqual([
      'url',
      'html',
    ]);
  });

  it.each([`<style>p{color:${slot}}</style>`, `<!-- ${slot} -->`])(
    'is refused in %j, where nothing is safe',
    (html) => {
      expect(() => placesOf(html)).toThrow('may not stand');
    },
  );

  it('is refused when a block forgets to close a mark', () => {
    const html = `${mark({ kind: 'cell' })}<p></p>`;
    expect(() => parseMarks(html, htmlPlaces(html))).toThrow('did not close');
  });
});
