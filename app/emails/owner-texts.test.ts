/** What an owner may write, tried with what an attacker would: the mail's tags stay those of an honest text, and its subject one line. */
import { describe, expect, it } from 'vitest';
import { withoutBlockComments } from '../lib/block-marks';
import { armOf } from './arm';
import { compileBare, compileEmail } from './compile';
import { type EmailContent, parseEmailContent } from './content';
import { dressEmail, lookOf } from './dress';
import { fillEmail } from './fill';
import { sampleBrand, sampleValues } from './sample';

const both = (text: string) => ({ fr: text, en: text });

/** The text in every place that takes one. */
function everywhere(short: string, long = short): EmailContent {
  return {
    key: 'hostile',
    subject: both(short),
    previewText: both(short),
    blocks: [
      { id: 'heading', type: 'heading', level: 1, text: both(short) },
      { id: 'text', type: 'text', text: both(long) },
      { id: 'note', type: 'note', text: both(long) },
      { id: 'code', type: 'code', text: both(long) },
      { id: 'button', type: 'button', label: both(short), link: { to: 'store' } },
      { id: 'picture', type: 'image', url: 'https://cdn.example/i.png', alt: both(short), link: { to: 'store' } },
      { id: 'products', type: 'products', source: 'items', layout: 'list', max: 2, title: both(short) },
      {
        id: 'columns',
        type: 'columns',
        columns: [
          { title: both(short), text: both(long), image: { url: 'https://cdn.example/i.png', alt: both(short) } },
          { title: both(short), text: both(long) },
        ],
      },
      { id: 'choice', type: 'preferences', text: both(long), label: both(short) },
      { id: 'footer', type: 'footer', text: both(long) },
    ],
  };
}

async function sent(content: EmailContent) {
  const parsed = parseEmailContent(content);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  const values = sampleValues('en', { withCode: true });
  const arm = armOf(parsed.content, values);
  return fillEmail(await compileEmail({ content: parsed.content, brand: sampleBrand(), language: 'en', arm }), values);
}

/** The tags of a page with their attributes' names: what a text must not change. */
const shapeOf = (html: string) =>
  [...html.matchAll(/<\/?([a-z][\w:]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*\/?>/gi)].map(
    ([, tag, attributes = '']) =>
      `${tag}${[...attributes.matchAll(/\s([\w:-]+)(?:="[^"]*")?/g)].map(([, name]) => ` ${name}`).join('')}`,
  );

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</title></head><body onload=alert(1)>',
  '<!--[if mso]><script>alert(1)</script><![endif]-->',
  '--><svg/onload=alert(1)>',
  '&lt;script&gt;',
  '<%body%> -abc.0- %recipient% [unsubscribe] <%asm_group_unsubscribe_raw_url%>',
  '\ue000eyJraW5kIjoidmFsdWUiLCJuYW1lIjoiY29kZSJ9\ue001',
  '<i data-begins="footer"></i><!--block:footer-->',
  '[x](soon) **[javascript](x)** \\',
];

describe('what an owner writes', () => {
  it.each(HOSTILE)('is words and nothing else: %s', async (text) => {
    const [honest, hostile] = [await sent(everywhere('words')), await sent(everywhere(text))];
    const withoutBold = shapeOf(hostile.html).filter((tag) => tag !== 'strong');
    expect(withoutBold).toEqual(shapeOf(honest.html));
    expect(hostile.subject).not.toMatch(/[\ue000\ue001\r\n]/);
    expect(hostile.html).not.toMatch(/[\ue000\ue001]/);
    expect(hostile.html).not.toContain('THANKS-');
    expect(hostile.html).not.toContain('<!--block:');
  });

  it.each([
    '{{first_name}}',
    '{{{html}}}',
    '{first_name',
    '{process.env}',
    '{constructor}',
    '{__proto__|x}',
    '{#each x}',
  ])('is no template of another kind: %s', (text) => {
    const parsed = parseEmailContent(everywhere(text));
    const codes = parsed.ok ? [] : [...new Set(parsed.issues.map(({ code }) => code))];
    expect(codes.length).toBeGreaterThan(0);
    for (const code of codes) expect(['open-brace', 'unknown-variable', 'may-be-missing']).toContain(code);
  });

  it.each(['Hi\r\nBcc: a@b.example', 'Hi\nX: y', 'Hi\u2028there', 'a\u0000b\nc'])(
    'puts no second line into a header: %j',
    (text) => {
      const parsed = parseEmailContent({ ...everywhere('x'), subject: both(text) });
      expect(parsed.ok ? [] : parsed.issues.map(({ path, code }) => `${path} ${code}`)).toEqual([
        'subject.fr line-break',
        'subject.en line-break',
      ]);
    },
  );

  it.each([
    'javascript:alert`1`',
    'JaVaScRiPt:alert`1`',
    'data:text/html,<b>',
    'vbscript:x',
    '//evil.example/',
    'https://u:p@evil.example/',
    'file:///etc/passwd',
  ])('leads nowhere but to the web: %s', (address) => {
    const link = { to: 'url', url: address };
    const [heading] = everywhere('x').blocks;
    const blocks = [
      heading,
      { id: 'b', type: 'button', label: both('x'), link },
      { id: 'i', type: 'image', url: address, alt: both('x'), link },
      { id: 't', type: 'text', text: both(`[x](${address})`) },
      { id: 'footer', type: 'footer' },
    ];
    const parsed = parseEmailContent({ ...everywhere('x'), blocks });
    const refused = parsed.ok ? [] : parsed.issues.map(({ path }) => path);
    expect(refused).toEqual([
      'blocks.1.link.url',
      'blocks.2.url',
      'blocks.2.link.url',
      'blocks.3.text.fr',
      'blocks.3.text.en',
    ]);
  });

  it('becomes bold words and links where it says so, in the text part too', async () => {
    const text = '**Hello[ {first_name}]**, see [our **shop**](store) or [this](https://other.example/?a=1&b=2).';
    const { html, text: plain } = await sent(everywhere('x', text));
    expect(html).toContain('<strong>Hello</strong>');
    expect(html).toMatch(/<a href="[^"]+utm_source=relance[^"]*"[^>]*>our /);
    expect(html).toMatch(/<a href="https:\/\/other\.example\/\?a=1&amp;b=2"[^>]*>this<\/a>/);
    expect(plain).toContain('Hello Camille, see our shop (https://');
    expect(plain).toContain('or this (https://other.example/?a=1&b=2).');
  });

  it('is shown with marks where blocks begin that leave no trace in what is sent', async () => {
    const content = everywhere('Hello');
    const values = sampleValues('en');
    const input = { content, language: 'en', arm: armOf(content, values) } as const;
    const { shape, dress } = lookOf(sampleBrand(), content);
    const shown = await compileBare({ ...input, brand: shape, blockMarks: true });
    const { html } = fillEmail(dressEmail(shown, sampleBrand(), dress), values);
    const ids = [...html.matchAll(/<!--block:([a-z0-9-]+)-->/g)].map(([, id]) => id);
    expect(ids).toEqual(content.blocks.map(({ id }) => id).filter((id) => id !== 'code'));
    expect(withoutBlockComments(html)).toBe(
      fillEmail(await compileEmail({ ...input, brand: sampleBrand() }), values).html,
    );
  });
});
