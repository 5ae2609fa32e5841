/** Preview, single send and batch are the same, byte for byte, whatever the shopper and the catalogue call themselves. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PREBUILT_EMAILS } from '../scenarios/emails';
import { armOf } from './arm';
import { type EmailBatch, MAX_SUBSTITUTION_BYTES, type Personalization, toBatch, toBatches } from './batch';
import { compileEmail } from './compile';
import type { CompiledEmail } from './compiled';
import type { EmailContent } from './content';
import { present } from './escape';
import { type FilledEmail, fillEmail } from './fill';
import { sampleBrand, sampleValues } from './sample';
import type { EmailValues, ItemValues } from './values';

const CONTENTS = Object.values(PREBUILT_EMAILS).flat();
/** By key, so that a counterexample stays readable. */
const anyEmail = fc.constantFrom(...CONTENTS.map(({ key }) => key));

function emailOf(key: string): EmailContent {
  const content = CONTENTS.find((one) => one.key === key);
  if (!content) throw new Error(`No e-mail ${key}`);
  return content;
}

const compiledByArm = new Map<string, CompiledEmail>();

async function compiledFor(content: EmailContent, values: EmailValues): Promise<CompiledEmail> {
  const arm = armOf(content, values);
  const key = `${content.key} ${arm.join('+')}`;
  const known = compiledByArm.get(key);
  if (known) return known;
  const compiled = await compileEmail({ content, brand: sampleBrand(), language: 'fr', arm });
  compiledByArm.set(key, compiled);
  return compiled;
}

/** What SendGrid does: replaces each tag where it stands, one after the other, in an order nobody promises. */
function substituted(batch: EmailBatch, { substitutions }: Personalization, order: 1 | -1): FilledEmail {
  const pairs = Object.entries(substitutions).sort(([one], [other]) => order * one.localeCompare(other));
  const replace = (text: string) => pairs.reduce((done, [tag, value]) => done.split(tag).join(value), text);
  return { subject: replace(batch.subject), html: replace(batch.html), text: replace(batch.text) };
}

const PREFIX = 'abc123';
const hostile = fc.constantFrom(
  `-${PREFIX}.0-`,
  `-${PREFIX}.1-`,
  `${PREFIX}`,
  '{{first_name}}',
  '%first_name%',
  '{first_name|x}',
  '[Unsubscribe]',
  '<%asm_group_unsubscribe_url%>',
  '</script><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '<!--',
  '-->',
  '<![endif]-->',
  '&lt;b&gt;',
  '&#x27;',
  'Zoé\r\nBcc: victim@example.com',
  'a\u2028b\u2029c\u0000d\u0007e',
  '\u202eesrever\u2066',
  'עברית \u200f ‎العربية',
  '👩‍👩‍👧‍👦 🇫🇷',
  '\ud800 lone \udc00',
  '\ue000eyJraW5kIjoiY2xvc2UifQ\ue001',
  '$& $1 $$',
  'x'.repeat(10_000),
  '🧵'.repeat(3_000),
  '   ',
  '',
);
const words = fc.oneof({ weight: 3, arbitrary: hostile }, fc.string({ unit: 'binary', maxLength: 40 }), fc.string());
const address = fc.oneof(
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.constantFrom(
    'javascript:alert(1)',
    'data:text/html,x',
    'https://user:pass@evil.example/',
    'https://shop.example/"><script>',
    "https://shop.example/?a=1&b='2'#é",
    'https://shop.example/\u202e\r\nx',
    `https://shop.example/${PREFIX}`,
    `https://shop.example/-${PREFIX}.2-`,
    '//shop.example',
    '',
  ),
);

const product = fc.record({
  title: words,
  url: fc.option(address),
  imageUrl: fc.option(address),
  price: words,
  compareAtPrice: fc.option(words),
});
const item: fc.Arbitrary<ItemValues> = fc
  .record({
    variantTitle: fc.option(words),
    quantity: fc.integer({ min: 1, max: 99 }),
    lowStock: fc.option(fc.integer({ min: 0, max: 9 })),
    unavailable: fc.boolean(),
  })
  .chain((rest) => product.map((base) => ({ ...base, ...rest })));

const recipient: fc.Arbitrary<EmailValues> = fc.record({
  firstName: fc.option(words),
  items: fc.array(item, { maxLength: 9 }),
  total: fc.option(words),
  checkoutUrl: fc.option(address),
  mostBought: fc.array(product, { maxLength: 5 }),
  recommended: fc.array(product, { maxLength: 5 }),
  code: fc.option(fc.record({ code: words, description: words, endsOn: fc.option(words) })),
  boughtAtCheckout: fc.boolean(),
  ground: fc.constantFrom('subscribed', 'earlier-buyer', 'left-address'),
  links: fc.record({
    unsubscribe: fc.webUrl({ withQueryParameters: true }),
    preferences: fc.webUrl(),
    store: fc.webUrl(),
  }),
  linkQuery: fc.constantFrom('', 'utm_source=relance&rl=a.b-c_d'),
});

/** The recipient with as much to show as the first, so that one arm serves both, as deliver groups them. */
function alike(first: EmailValues, other: EmailValues): EmailValues {
  const list = <T>(one: readonly T[], another: readonly T[]) =>
    one.length === 0 || another.length === 0 ? one : another;
  return {
    ...other,
    items: list(first.items, other.items),
    mostBought: list(first.mostBought, other.mostBought),
    recommended: list(first.recommended, other.recommended),
    total: first.total,
    checkoutUrl: first.checkoutUrl,
    code: first.code,
    boughtAtCheckout: first.boughtAtCheckout,
  };
}

async function sameArm(content: EmailContent, all: readonly EmailValues[]) {
  const [first, ...others] = all;
  if (!first) throw new Error('At least one recipient');
  const compiled = await compiledFor(content, first);
  return { compiled, members: [first, ...others.map((other) => alike(first, other))] };
}

/** Names of the tags in order: what a hostile value would have to change to break out of its place. */
function skeleton(html: string): string {
  return (html.match(/<[/!]?[a-zA-Z]*|-->|\s[a-z-]+="/g) ?? []).join('');
}

const PLAIN = (text: string | null) => (present(text) === null ? null : 'plain');

/** The same recipient with plain words wherever a shopper's or the catalogue's stood. */
function plainValues(values: EmailValues): EmailValues {
  const plainProduct = <T extends { title: string; price: string; compareAtPrice: string | null }>(one: T): T => ({
    ...one,
    title: PLAIN(one.title) ?? '',
    price: PLAIN(one.price) ?? '',
    compareAtPrice: PLAIN(one.compareAtPrice),
  });
  return {
    ...values,
    items: values.items.map((one) => ({ ...plainProduct(one), variantTitle: PLAIN(one.variantTitle) })),
    total: PLAIN(values.total),
    mostBought: values.mostBought.map(plainProduct),
    recommended: values.recommended.map(plainProduct),
    code: values.code && {
      code: PLAIN(values.code.code) ?? '',
      description: PLAIN(values.code.description) ?? '',
      endsOn: PLAIN(values.code.endsOn),
    },
    firstName: PLAIN(values.firstName),
  };
}

describe('an e-mail to many', () => {
  it('is after SendGrid’s substitution what fill gives, in whatever order the tags are replaced', async () => {
    await fc.assert(
      fc.asyncProperty(anyEmail, fc.array(recipient, { minLength: 1, maxLength: 6 }), async (key, all) => {
        const { compiled, members } = await sameArm(emailOf(key), all);
        const draws = [PREFIX, PREFIX, 'd41d8cd98f00'];
        const batch = toBatch(compiled, members, () => draws.shift() ?? 'ffffffffffff');
        for (const one of batch.personalizations) {
          const values = members[one.index];
          if (!values) throw new Error('A personalization of nobody');
          const filled = fillEmail(compiled, values);
          expect(substituted(batch, one, 1)).toEqual(filled);
          expect(substituted(batch, one, -1)).toEqual(filled);
          expect(Buffer.byteLength(JSON.stringify(one.substitutions))).toBeLessThanOrEqual(MAX_SUBSTITUTION_BYTES);
        }
        const covered = [...batch.personalizations.map(({ index }) => index), ...batch.singles].sort((a, b) => a - b);
        expect(covered).toEqual(members.map((_, index) => index));
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  it('draws another prefix while the one drawn occurs in a value', async () => {
    const values = { ...sampleValues('fr'), firstName: `-${PREFIX}.0-` };
    const content = emailOf('welcome-1');
    const compiled = await compiledFor(content, values);
    const draws = [PREFIX, 'fedcba'];
    const batch = toBatch(compiled, [values, sampleValues('fr')], () => draws.shift() ?? '');
    expect(batch.prefix).toBe('fedcba');
    expect(batch.personalizations[0]?.substitutions).not.toEqual({});
  });

  it('draws a prefix nobody can guess when left to itself', async () => {
    const content = emailOf('welcome-1');
    const values = sampleValues('fr');
    const compiled = await compiledFor(content, values);
    const prefixes = Array.from({ length: 20 }, () => toBatch(compiled, [values]).prefix);
    expect(new Set(prefixes).size).toBe(20);
    expect(prefixes.every((prefix) => prefix.length >= 24)).toBe(true);
  });

  it('shares the markup of products, so that only what differs between shoppers counts as substitutions', async () => {
    const content = emailOf('welcome-1');
    const people = ['Ana', 'Bo', 'Cy'].map((firstName) => ({
      ...sampleValues('fr'),
      firstName,
      linkQuery: `utm_source=relance&utm_medium=email&rl=${firstName.repeat(40)}`,
    }));
    const compiled = await compiledFor(content, sampleValues('fr'));
    const batch = toBatch(compiled, people);
    expect(batch.html).toContain('Plaid en lin lavé');
    expect(batch.personalizations.map(({ index }) => index)).toEqual([0, 1, 2]);
    for (const { substitutions } of batch.personalizations) {
      expect(JSON.stringify(substitutions)).not.toContain('<table');
      expect(Buffer.byteLength(JSON.stringify(substitutions))).toBeLessThan(4_000);
    }
  });

  it('goes out as one request for each length of cart, and none of them alone', async () => {
    const content = emailOf('cart-1');
    const sample = sampleValues('fr', { pictures: 'https://shop.example/pictures' });
    const lines = [...sample.items, ...sample.items, ...sample.items];
    const people = Array.from({ length: 30 }, (_, index) => ({
      ...sample,
      linkQuery: `utm_source=relance&rl=${String(index).padStart(150, 'x')}`,
      items: lines.slice(0, 1 + (index % 6)).map((line, at) => ({ ...line, title: `Article ${index} ${at}` })),
    }));
    const compiled = await compiledFor(content, sample);
    const batches = toBatches(compiled, people);
    expect(batches).toHaveLength(6);
    expect(batches.flatMap(({ singles }) => singles)).toEqual([]);
    for (const batch of batches) {
      for (const one of batch.personalizations) {
        const values = people[one.index];
        expect(values && substituted(batch, one, 1)).toEqual(values && fillEmail(compiled, values));
      }
    }
    expect(batches.flatMap(({ personalizations }) => personalizations)).toHaveLength(30);
  });

  it('sends those alone whose values are too long for a batch', async () => {
    const content = emailOf('cart-1');
    const short = sampleValues('fr');
    const [first] = short.items;
    if (!first) throw new Error('The sample has items');
    const long = {
      ...short,
      items: Array.from({ length: 6 }, () => ({ ...first, url: `https://shop.example/${'a'.repeat(1_500)}` })),
    };
    const compiled = await compiledFor(content, short);
    const batch = toBatch(compiled, [short, long, { ...short, firstName: 'Bo' }]);
    expect(batch.singles).toEqual([1]);
    expect(batch.personalizations.map(({ index }) => index)).toEqual([0, 2]);
  });
});

describe('a hostile value', () => {
  it('cannot change the structure of the HTML', async () => {
    await fc.assert(
      fc.asyncProperty(anyEmail, recipient, async (key, hostileValues) => {
        const compiled = await compiledFor(emailOf(key), hostileValues);
        const calm = plainValues(hostileValues);
        // A cleaned name may turn out to be blank or no name at all, which shows other words around it, never other tags.
        expect(skeleton(fillEmail(compiled, hostileValues).html)).toBe(skeleton(fillEmail(compiled, calm).html));
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  it('cannot put a line break or a control character into the subject or the text part', async () => {
    await fc.assert(
      fc.asyncProperty(anyEmail, recipient, async (key, values) => {
        const { subject, text, html } = fillEmail(await compiledFor(emailOf(key), values), values);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
        expect(subject).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
        expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/);
        expect(subject.length).toBeLessThan(400);
        expect([subject, text, html].every((part) => part.isWellFormed())).toBe(true);
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  it('cannot become a link that is no web address', async () => {
    await fc.assert(
      fc.asyncProperty(anyEmail, recipient, async (key, values) => {
        const { html } = fillEmail(await compiledFor(emailOf(key), values), values);
        for (const [, href = ''] of html.matchAll(/ (?:href|src)="([^"]*)"/g))
          expect(href).toMatch(/^https?:\/\/[^\s<>']+$/);
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});
