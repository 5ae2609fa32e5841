import { describe, expect, it } from 'vitest';
import { plainTextOf } from './plain-text';

describe('the text part', () => {
  it.each([
    ['paragraphs', '<h1>Title</h1><p>One\n  line.</p><p>Two.<br/>Three.</p>', 'Title\n\nOne line.\n\nTwo.\nThree.\n'],
    [
      'links with their address',
      '<p>See <a href="https://a.example/?x=1&amp;y=2">this</a></p>',
      'See this\nhttps://a.example/?x=1&y=2\n',
    ],
    [
      'links within a sentence with theirs in brackets',
      '<p>See <a data-text="inline" href="https://a.example/">this</a>, please</p>',
      'See this (https://a.example/), please\n',
    ],
    ['a rule', '<p>A</p><table><tr><td data-text="rule">\u00a0</td></tr></table><p>B</p>', 'A\n\n--------\n\nB\n'],
    ['no link around a picture alone', '<p>A</p><a href="https://a.example"><img src="x" alt=""/></a>', 'A\n'],
    ['the words of a picture', '<p>A</p><img src="x" alt="A cat &amp; a dog"/>', 'A\n\nA cat & a dog\n'],
    ['entities as their signs', '<p>&lt;b&gt; &quot;x&quot; &#x27;y&#39; &amp;amp;</p>', '<b> "x" \'y\' &amp;\n'],
    [
      'nothing of head, comments and what is skipped',
      '<head><title>T</title></head><!--[if mso]><p>M</p><![endif]--><div data-text="skip"><div>S</div>S</div><p>A</p>',
      'A\n',
    ],
    [
      'cells on one line where a block says so',
      '<table><tr><td data-text="inline">Total</td><td data-text="inline">5</td></tr></table>',
      'Total 5\n',
    ],
  ])('has %s', (_what, html, text) => {
    expect(plainTextOf(html)).toBe(text);
  });
});
