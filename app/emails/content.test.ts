import { describe, expect, it } from 'vitest';
import { PREBUILT_EMAILS } from '../scenarios/emails';
import { type EmailContent, parseEmailContent } from './content';
import { describeContentIssue } from './content-issues';

const footer = { id: 'footer', type: 'footer' };
const good = {
  key: 'hello',
  subject: { fr: 'Bonjour[ {first_name}]', en: 'Hello {first_name|there}' },
  previewText: { fr: 'Une ligne', en: 'One line' },
  blocks: [{ id: 'text', type: 'text', text: { fr: 'Un texte.\n\nUn autre.', en: 'A text.\n\nAnother.' } }, footer],
};

/** The issues of a content as `path: code`. */
function issuesOf(content: unknown): string[] {
  const parsed = parseEmailContent(content);
  return parsed.ok ? [] : parsed.issues.map(({ path, code }) => `${path}: ${code}`);
}

function withBlock(block: object): unknown {
  return { ...good, blocks: [{ id: 'one', ...block }, footer] };
}

function withSubjects(...whens: string[][]): unknown {
  const { subject, previewText } = good;
  return { ...good, subjectVariants: whens.map((when) => ({ when, subject, previewText })) };
}

describe('the content of an e-mail', () => {
  it('is accepted when it is whole', () => {
    expect(issuesOf(good)).toEqual([]);
  });

  it.each(Object.values(PREBUILT_EMAILS).flat())('is accepted as prebuilt: $key', (content: EmailContent) => {
    expect(issuesOf(JSON.parse(JSON.stringify(content)))).toEqual([]);
  });

  it('is kept without characters that the database or mail programs refuse', () => {
    const content = {
      ...good,
      subject: { fr: 'Bon\ud800jour', en: 'He\0llo' },
      blocks: [{ id: 'a', type: 'text', text: { fr: 'un\0\ndeux\u0007\ttrois\udc00', en: 'Hello' } }, footer],
    };
    expect(parseEmailContent(content)).toMatchObject({
      ok: true,
      content: {
        subject: { fr: 'Bon\uFFFDjour', en: 'He\uFFFDllo' },
        blocks: [{ text: { fr: 'un\ndeux\ttrois\uFFFD' } }, {}],
      },
    });
  });

  it.each([
    ['a missing language', { ...good, subject: { fr: 'Bonjour' } }, 'subject.en: missing'],
    ['an empty subject', { ...good, subject: { fr: ' ', en: 'Hello' } }, 'subject.fr: empty'],
    ['an endless subject', { ...good, subject: { fr: 'a'.repeat(151), en: 'Hello' } }, 'subject.fr: too-long'],
    ['a line break in the subject', { ...good, subject: { fr: 'a\r\nBcc: b', en: 'Hello' } }, 'subject.fr: line-break'],
    ['an unknown variable', { ...good, subject: { fr: '{nom}', en: 'Hello' } }, 'subject.fr: unknown-variable'],
    [
      'a variable that could leave a hole',
      { ...good, subject: { fr: 'Bonjour {first_name}', en: 'Hello' } },
      'subject.fr: may-be-missing',
    ],
    ['an open brace', { ...good, subject: { fr: 'Bonjour {first_name', en: 'Hello' } }, 'subject.fr: open-brace'],
    ['a subject for nobody', withSubjects(['hasCodeEnd', 'not:hasCode']), 'subjectVariants.0.when: nobody-fits'],
    [
      'a subject nobody is left for',
      withSubjects(['hasCode'], ['hasItems', 'hasCodeEnd']),
      'subjectVariants.1.when: never-chosen',
    ],
    ['a subject for some that names nobody', withSubjects([]), 'subjectVariants.0.when: invalid'],
    ['an unknown block', withBlock({ type: 'script' }), 'blocks.0.type: invalid'],
    ['an unknown field', withBlock({ type: 'divider', html: '<b>' }), 'blocks.0: not-allowed'],
    ['an unknown condition', withBlock({ type: 'divider', when: ['isTuesday'] }), 'blocks.0.when.0: invalid'],
    [
      'an address that is no web address',
      withBlock({ type: 'button', label: { fr: 'Voir', en: 'See' }, link: { to: 'url', url: 'javascript:alert(1)' } }),
      'blocks.0.link.url: not-an-address',
    ],
    ['a text that is no text', withBlock({ type: 'text', text: { fr: 4, en: 'Hello' } }), 'blocks.0.text.fr: invalid'],
    ['no footer', { ...good, blocks: good.blocks.slice(0, 1) }, 'blocks: footer'],
    ['a footer that may be hidden', { ...good, blocks: [{ ...footer, when: ['hasCode'] }] }, 'blocks: footer'],
    ['a footer before the end', { ...good, blocks: [footer, ...good.blocks.slice(0, 1)] }, 'blocks: footer'],
    [
      'two blocks of one name',
      { ...good, blocks: [{ id: 'footer', type: 'divider' }, footer] },
      'blocks.1.id: repeated-id',
    ],
  ])('is refused for %s, at its field', (_what, content, issue) => {
    expect(issuesOf(content)).toContain(issue);
  });

  it.each([null, undefined, 7, 'text', [], {}])('refuses %j without throwing', (content) => {
    expect(issuesOf(content).length).toBeGreaterThan(0);
  });

  it('is read no further once a text is too long', () => {
    expect(issuesOf({ ...good, subject: { fr: '{'.repeat(151), en: 'Hello' } })).toEqual(['subject.fr: too-long']);
  });

  it('says in words how to mend a variable that could leave a hole', () => {
    const parsed = parseEmailContent({ ...good, subject: { fr: 'Bonjour {first_name}', en: 'Hello' } });
    if (parsed.ok) throw new Error('It should be refused');
    const [issue] = parsed.issues;
    expect(issue && describeContentIssue(issue, 'en')).toBe(
      'The value of {first_name} can be missing. Write {first_name|…} to give a text in its place, or put the phrase in [brackets].',
    );
    expect(issue && describeContentIssue(issue, 'fr')).toContain('{first_name|…}');
  });

  it('counts for the owner how much too long a text is', () => {
    const parsed = parseEmailContent({ ...good, subject: { fr: 'a'.repeat(160), en: 'Hello' } });
    if (parsed.ok) throw new Error('It should be refused');
    const [issue] = parsed.issues;
    expect(issue && describeContentIssue(issue, 'en')).toContain('160 characters; shorten it to 150');
  });
});
