import { describe, expect, it } from 'vitest';
import { html, jsonForScript } from './html';

describe('html', () => {
  it('escapes every value for text and for quoted attributes', () => {
    const name = `<img src=x onerror="alert('1')"> & co`;
    const escaped = '&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; co';
    expect(html`<p title="${name}">${name}</p>`.text).toBe(`<p title="${escaped}">${escaped}</p>`);
  });

  it('keeps markup inside markup, joins lists and leaves nothing out but null, undefined and false', () => {
    expect(
      html`<ul>${['a', '<b>'].map((word) => html`<li>${word}</li>`)}${null}${undefined}${false}${0}</ul>`.text,
    ).toBe('<ul><li>a</li><li>&lt;b&gt;</li>0</ul>');
  });

  it('writes JSON that cannot end its script', () => {
    const value = { name: '</script><script>alert(1)</script>' };
    expect(jsonForScript(value).text).not.toContain('<');
    expect(JSON.parse(jsonForScript(value).text)).toEqual(value);
  });
});
