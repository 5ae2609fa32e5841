import { describe, expect, it } from 'vitest';
import { escapeHtml, narrow, oneLine, withReferences } from './escape';

describe('a value on one line', () => {
  it.each(['Zoé', 'Épicerie d’en face – 12 €', 'a b', 'spam', 'עברית \u200fx'])('is left as it is: %s', (value) => {
    expect(oneLine(value)).toBe(value);
  });

  it.each([
    [' a', 'a'],
    ['a\u00a0', 'a'],
    ['\ufeffa', 'a'],
    ['a  b', 'a b'],
    ['a\tb', 'a b'],
    ['a\nb', 'a b'],
    ['a\u2028b', 'a b'],
    ['a\u202eb', 'a b'],
    ['a\ud83d', 'a\ufffd'],
    ['\ue000', ''],
    ['x'.repeat(301), `${'x'.repeat(299)}…`],
  ])('is tidied: %j', (value, tidy) => {
    expect(oneLine(value)).toBe(tidy);
  });
});

describe('HTML', () => {
  it.each([
    ['12,50\u202f€', '12,50&#x202f;&#x20ac;'],
    ['L’œuvre – “x”', 'L&#x2019;&#x153;uvre &#x2013; &#x201c;x&#x201d;'],
    [`<a href='x' title="y">&</a>`, '&lt;a href=&#x27;x&#x27; title=&quot;y&quot;&gt;&amp;&lt;/a&gt;'],
    ['Zoé', 'Zoé'],
    ['Жанна 🎁', 'Жанна 🎁'],
  ])('has a reference for what stands for something else or is wider than Latin-1: %s', (value, escaped) => {
    expect(escapeHtml(value)).toBe(escaped);
  });

  it('has none where it would not be read', () => {
    const html = '<style>p{content:"’"}</style><p title="’">’</p><!--[if mso]>’<![endif]-->';
    expect(withReferences(html)).toBe(
      '<style>p{content:"’"}</style><p title="&#x2019;">&#x2019;</p><!--[if mso]>’<![endif]-->',
    );
  });

  it.each(['', 'Zoé\u00a0ÿ', 'œ', 'é🎁'])('is the same text kept narrow: %j', (text) => {
    expect(narrow(text)).toBe(text);
  });
});
