/**
 * `fill`: finished e-mails (subject, HTML and text) per second from compiled ones, against `render()` of the same, HTML
 * and text. Every prebuilt e-mail in both languages, each time for another person. The ratio is the rate of filling
 * over the rate of rendering: at least 50. Both in turn, seven times; the medians count.
 */
import { armOf } from '../../app/emails/arm';
import { type CompileInput, compileEmail } from '../../app/emails/compile';
import type { CompiledEmail } from '../../app/emails/compiled';
import { fillEmail } from '../../app/emails/fill';
import { sampleBrand, sampleValues } from '../../app/emails/sample';
import type { EmailValues } from '../../app/emails/values';
import { LANGUAGES } from '../../app/lib/language';
import { PREBUILT_EMAILS } from '../../app/scenarios/emails';
import { type Measured, measure, median, say, secondsOf, short, sizeOr } from '../measured';
import { renderNaively } from '../naive-email';

const ROUNDS = 7;
/** People per e-mail and language; filling is so much faster that it needs more to be timed well. */
const FILLED = 200;
const RENDERED = 4;

interface Kind {
  input: CompileInput;
  compiled: CompiledEmail;
  people: EmailValues[];
}

/** The same mail to somebody else: another name, cart, code and links. */
function person(base: EmailValues, number: number): EmailValues {
  const shop = 'https://shop.example';
  return {
    ...base,
    firstName: `Camille ${number}`,
    items: base.items.map((item) => ({ ...item, title: `${item.title} no. ${number} & more` })),
    checkoutUrl: `${shop}/checkouts/${number}/recover?key=${number}`,
    code: base.code && { ...base.code, code: `MERCI-${number}` },
    links: {
      ...base.links,
      unsubscribe: `${shop}/unsubscribe/${number}`,
      preferences: `${shop}/preferences/${number}`,
    },
    linkQuery: `${base.linkQuery}&rl=${number}`,
  };
}

async function everyKind(): Promise<Kind[]> {
  const brand = sampleBrand();
  const contents = Object.values(PREBUILT_EMAILS).flat();
  const kinds = contents.flatMap((content) => LANGUAGES.map((language) => ({ content, language })));
  return Promise.all(
    kinds.map(async ({ content, language }) => {
      const values = sampleValues(language, { withCode: true, pictures: 'https://shop.example/pictures' });
      const input = { content, brand, language, arm: armOf(content, values) };
      const people = Array.from({ length: sizeOr(FILLED) }, (_, number) => person(values, number));
      return { input, compiled: await compileEmail(input), people };
    }),
  );
}

/** Looked at, so that no e-mail is made for nothing. */
let bytes = 0;

function fillAll(kinds: readonly Kind[]): number {
  let count = 0;
  for (const { compiled, people } of kinds) {
    for (const values of people) {
      const { subject, html, text } = fillEmail(compiled, values);
      // Joined into one piece of memory, as a sender must: strings built by adding are not finished before that.
      bytes += Buffer.byteLength(html) + Buffer.byteLength(text) + Buffer.byteLength(subject);
      count += 1;
    }
  }
  return count;
}

async function renderAll(kinds: readonly Kind[]): Promise<number> {
  let count = 0;
  for (const { input } of kinds) {
    for (let time = 0; time < RENDERED; time += 1) {
      const { subject, html, text } = await renderNaively(input);
      bytes += Buffer.byteLength(html) + Buffer.byteLength(text) + Buffer.byteLength(subject);
      count += 1;
    }
  }
  return count;
}

async function run(): Promise<Measured> {
  const kinds = await everyKind();
  const rates = { fill: [] as number[], render: [] as number[] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    let filled = 0;
    let rendered = 0;
    const fillSeconds = await secondsOf(async () => {
      filled = fillAll(kinds);
    });
    const renderSeconds = await secondsOf(async () => {
      rendered = await renderAll(kinds);
    });
    if (round === 0) continue;
    rates.fill.push(filled / fillSeconds);
    rates.render.push(rendered / renderSeconds);
    say(`round ${round}: filled ${short(filled / fillSeconds)}/s, rendered ${short(rendered / renderSeconds)}/s`);
  }
  if (bytes === 0) throw new Error('No e-mail was made');
  const value = median(rates.fill);
  const notes = [`${kinds.length} kinds (every prebuilt e-mail in both languages), ${short(1e6 / value)} µs each`];
  return { value, baseline: median(rates.render), notes };
}

await measure(run);
