/** Every prebuilt e-mail, in every language and arm, as mail programs and readers get it. */
import { caniemail } from 'caniemail';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import { beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGES, type Language, type Words } from '../lib/language';
import { PREBUILT_EMAILS } from '../scenarios/emails';
import { ACCEPTED_MARKUP, ACCEPTED_SUPPORT } from './accepted-findings';
import { conditionsOf, holds } from './arm';
import { type ArmSample, everySample } from './arm-samples';
import type { EmailContent } from './content';
import { emailFindings, MAX_HTML_BYTES, sizeOf } from './findings';
import { parseTemplate } from './variables';

interface Sample extends ArmSample {
  name: string;
  content: EmailContent;
}

const CLIENTS = ['gmail.*', 'outlook.*', 'apple-mail.*', 'yahoo.*', 'orange.*'] as const;
const samples: Sample[] = [];

beforeAll(async () => {
  for (const content of Object.values(PREBUILT_EMAILS).flat()) {
    for (const language of LANGUAGES) {
      for (const sample of await everySample(content, language)) {
        samples.push({ ...sample, content, name: `${content.key} ${language} [${sample.arm.join(' ')}]` });
      }
    }
  }
});

/** The samples for which `wrong` says something, with what it says. */
function complaints(wrong: (sample: Sample) => string[]): string[] {
  return samples.flatMap((sample) => wrong(sample).map((complaint) => `${sample.name}: ${complaint}`));
}

/** The fixed words of a text: what stands between its variables, in the typography it is sent in. */
function fixedWords(words: Words, language: Language): string[] {
  const texts = words[language].split('\n').flatMap(parseTemplate);
  return texts.flatMap((piece) => (piece.kind === 'text' && piece.text.trim().length > 11 ? [piece.text.trim()] : []));
}

/** Every `Words` of the blocks an arm shows. */
function wordsShown({ content, arm }: Sample): Words[] {
  const found: Words[] = [];
  const walk = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    if ('fr' in value && 'en' in value) found.push(value as Words);
    else for (const inner of Object.values(value)) walk(inner);
  };
  walk(content.blocks.filter((block) => holds(conditionsOf(block), arm)));
  return found;
}

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
const hrefs = (html: string) => [...html.matchAll(/ href="([^"]*)"/g)].map((match) => match[1] ?? '');

describe('each prebuilt e-mail', () => {
  it('is there in every arm', () => {
    expect(samples.length).toBeGreaterThan(150);
  });

  it('has nothing that Gmail, Outlook, Apple Mail, Yahoo or Orange lacks, but for what is accepted with a reason', () => {
    const found = new Set<string>();
    const unknown = complaints(({ filled }) => {
      const { issues } = caniemail({ clients: [...CLIENTS], html: filled.html });
      const titles = [...issues.errors.values(), ...issues.warnings.values()].flat().map((issue) => issue.title);
      for (const title of titles) found.add(title);
      return [...new Set(titles)].filter((title) => !(title in ACCEPTED_SUPPORT));
    });
    expect(unknown).toEqual([]);
    expect(Object.keys(ACCEPTED_SUPPORT).filter((title) => !found.has(title))).toEqual([]);
  }, 120_000);

  it('is valid HTML, but for what is accepted with a reason', async () => {
    const validator = new HtmlValidate(new StaticConfigLoader({ extends: ['html-validate:recommended'] }));
    const found = new Set<string>();
    const unknown: string[] = [];
    for (const { filled, name } of samples) {
      const report = await validator.validateString(filled.html);
      for (const { ruleId, message } of report.results.flatMap((result) => result.messages)) {
        found.add(ruleId);
        const about = ACCEPTED_MARKUP[ruleId]?.about ?? [''];
        if (!(ruleId in ACCEPTED_MARKUP) || !about.some((word) => message.includes(word))) {
          unknown.push(`${name}: ${ruleId}: ${message}`);
        }
      }
    }
    expect(unknown).toEqual([]);
    expect(Object.keys(ACCEPTED_MARKUP).filter((rule) => !found.has(rule))).toEqual([]);
  }, 120_000);

  it('stays far under the size at which Gmail hides the end', () => {
    expect(
      complaints(({ filled }) => (sizeOf(filled) > MAX_HTML_BYTES / 3 ? [`${sizeOf(filled)} bytes`] : [])),
    ).toEqual([]);
    expect(complaints(({ compiled, filled }) => emailFindings(compiled, filled).map(({ code }) => code))).toEqual([]);
  });

  it('is Latin-1 in its HTML, which is sent in half the time', () => {
    expect(complaints(({ filled }) => [...filled.html.matchAll(/[^\0-\xff]/g)].map(([sign]) => sign))).toEqual([]);
  });

  it('has no hole: no undefined, no NaN, no variable, bracket or mark left over', () => {
    const left = /undefined|\bNaN\b|\bnull\b|\[object|[{}[\]\ue000\ue001]/;
    expect(
      complaints(({ filled }) => {
        const body = filled.html.slice(filled.html.indexOf('<body')).replace(/<!--[\s\S]*?-->/g, '');
        return [filled.subject, filled.text, body, filled.html.match(/<title>(.*?)<\/title>/)?.[1] ?? 'undefined']
          .map((part) => left.exec(part)?.[0])
          .filter((word) => word !== undefined);
      }),
    ).toEqual([]);
  });

  it('has a subject of a length that is shown whole', () => {
    expect(
      complaints(({ filled }) => (filled.subject.length < 12 || filled.subject.length > 70 ? [filled.subject] : [])),
    ).toEqual([]);
  });

  it('links to web addresses only, and never through click tracking to our own pages', () => {
    expect(
      complaints(({ filled }) => {
        const bad = hrefs(filled.html).filter((href) => !/^https?:\/\/[^\s"<>]+$/.test(href));
        const own = [...filled.html.matchAll(/<a [^>]*(?:unsubscribe|preferences)\/sample[^>]*>/g)].map(
          (match) => match[0],
        );
        return [...bad, ...own.filter((tag) => !tag.includes('clicktracking="off"'))];
      }),
    ).toEqual([]);
  });

  it('names the sender’s postal address, why it came and the way out, in both parts', () => {
    const reason = { fr: 'Vous recevez cet e-mail parce que', en: 'You get this e-mail because' };
    const address = '12 rue des Tilleuls, 69004 Lyon';
    expect(
      complaints(({ filled, language }) => {
        const wanted = [
          address,
          reason[language],
          'https://shop.example/unsubscribe/sample',
          'https://shop.example/preferences/sample',
        ];
        return [filled.html, filled.text].flatMap((part) => wanted.filter((words) => !part.includes(words)));
      }),
    ).toEqual([]);
  });

  it('says in its text part all it says in words, with every address', () => {
    expect(
      complaints((sample) => {
        const { filled, language } = sample;
        const said = plain(filled.text);
        const words = wordsShown(sample).flatMap((one) => fixedWords(one, language));
        const addresses = hrefs(filled.html).map((href) => href.replaceAll('&amp;', '&'));
        return [
          ...words.filter((one) => !said.includes(plain(one))),
          ...addresses.filter((one) => !said.includes(one)),
        ];
      }),
    ).toEqual([]);
  });

  it('speaks one language throughout', () => {
    expect(
      complaints((sample) => {
        const other = sample.language === 'fr' ? 'en' : 'fr';
        const said = plain(`${sample.filled.subject} ${sample.filled.text}`);
        const labels = {
          fr: ['Quantité', 'Se désinscrire', 'au lieu de'],
          en: ['Quantity', 'Unsubscribe', 'instead of'],
        };
        const words = [sample.content.subject, ...wordsShown(sample)].flatMap((one) => fixedWords(one, other));
        return [...words, ...labels[other]].filter((one) => said.includes(one));
      }),
    ).toEqual([]);
  });

  it('keeps French signs with their word, and apostrophes curly', () => {
    const wrong = /[^\s] [:;!?»]|« |\p{L}'\p{L}/u;
    expect(
      complaints(({ filled }) => [filled.subject, filled.text].flatMap((part) => wrong.exec(part)?.[0] ?? [])),
    ).toEqual([]);
  });

  it('says its language where a screen reader looks', () => {
    expect(
      complaints(({ filled, language }) =>
        new RegExp(`<html[^>]* lang="${language}"`).test(filled.html) ? [] : ['no language on html'],
      ),
    ).toEqual([]);
  });

  it('gives every picture a text in its place', () => {
    expect(
      complaints(({ filled }) =>
        [...filled.html.matchAll(/<img [^>]*>/g)].map((match) => match[0]).filter((tag) => !/ alt="[^"]+"/.test(tag)),
      ),
    ).toEqual([]);
  });
});
