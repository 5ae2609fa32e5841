/** Tells where in rendered HTML a slot stands: text, an attribute, or an attribute that holds an address. Called by compile. */
import { isColorName } from './marks';
import type { Place, PlaceFinder } from './parts';

const URL_ATTRIBUTES = new Set(['href', 'src', 'background', 'action']);

interface Span {
  from: number;
  to: number;
  place: Place | 'forbidden';
}

const TAG =
  /<!--\[if [^\]]*\]>|<!\[endif\]-->|<!--[\s\S]*?-->|<style[\s\S]*?<\/style>|<[a-zA-Z/!][^>"]*(?:"[^"]*"[^>"]*)*>/g;
const ATTRIBUTE = /([a-zA-Z-:]+)="([^"]*)"/g;

function spansOfTag(tag: string, start: number): Span[] {
  if (tag.startsWith('<style') || tag.startsWith('<!')) {
    return [{ from: start, to: start + tag.length, place: 'forbidden' }];
  }
  return [...tag.matchAll(ATTRIBUTE)].map((match) => ({
    from: start + match.index,
    to: start + match.index + match[0].length,
    place: URL_ATTRIBUTES.has((match[1] ?? '').toLowerCase()) ? 'url' : 'attribute',
  }));
}

/**
 * A finder for one rendered page. A slot in a style sheet or a comment is a mistake of ours, since no escaping is safe there;
 * a look's colors may stand in a style sheet, for they are nothing but `#rrggbb`.
 * Positions must be asked in rising order.
 */
export function htmlPlaces(html: string): PlaceFinder {
  const spans = [...html.matchAll(TAG)].flatMap((match) => spansOfTag(match[0], match.index));
  let next = 0;
  return (at, name) => {
    while ((spans[next]?.to ?? Number.POSITIVE_INFINITY) <= at) next += 1;
    const span = spans[next];
    const place = span && span.from <= at ? span.place : 'html';
    if (place === 'forbidden' && isColorName(name)) return 'html';
    if (place === 'forbidden') throw new Error('A value may not stand in a comment or a style sheet');
    return place;
  };
}
