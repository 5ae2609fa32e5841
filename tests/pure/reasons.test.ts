/** Keeps `docs/reasons.md` in step with the reasons and their sentences; `vitest run --project pure reasons -u` writes it anew. */
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { STATES } from '../../app/domain/eligibility-state';
import { REASONS } from '../../app/domain/reason';
import englishCustomers from '../../app/i18n/admin/en/customers.json' with { type: 'json' };
import english from '../../app/i18n/admin/en/reasons.json' with { type: 'json' };
import frenchCustomers from '../../app/i18n/admin/fr/customers.json' with { type: 'json' };
import french from '../../app/i18n/admin/fr/reasons.json' with { type: 'json' };

type Sentences = Record<string, string>;
const SENTENCES: Record<'en' | 'fr', Sentences> = { en: english, fr: french };

interface Group {
  title: string;
  reasons: { name: string; meaning: string }[];
}

/** The groups and meanings as `app/domain/reason.ts` writes them, beside each name. */
function readGroups(): Group[] {
  const source = readFileSync(fileURLToPath(new URL('../../app/domain/reason.ts', import.meta.url)), 'utf8');
  const groups: Group[] = [];
  for (const line of source.split('\n')) {
    const title = /^ {2}\/\/ (.+)$/.exec(line)?.[1];
    if (title) groups.push({ title, reasons: [] });
    const [, name, meaning] = /^ {2}'([a-z-]+)',(?: \/\/ (.+))?$/.exec(line) ?? [];
    if (name) groups.at(-1)?.reasons.push({ name, meaning: meaning ?? '' });
  }
  return groups;
}

/** Every sentence of a reason: its own, then those for one scenario, ground or condition. */
function sentencesOf(name: string, words: Sentences): string {
  const own = Object.keys(words).filter((key) => key === name || (ownerOf(key) === name && key !== name));
  return own.map((key) => (words[key] ?? '').replaceAll(/\{\{(\w+)\}\}/g, '‹$1›')).join('<br>');
}

/** The reason a sentence belongs to: the longest name its key begins with. */
function ownerOf(key: string): string | undefined {
  return REASONS.filter((name) => key === name || key.startsWith(`${name}-`)).sort((a, b) => b.length - a.length)[0];
}

const ANSWERS: Record<'en' | 'fr', Sentences> = {
  en: englishCustomers.why.states,
  fr: frenchCustomers.why.states,
};

/** An answer's sentences, the plural forms one below the other. */
function answersOf(state: string, words: Sentences): string {
  const own = Object.keys(words).filter((key) => key.replace(/_(zero|one|other)$/, '') === state);
  return own.map((key) => (words[key] ?? '').replaceAll(/\{\{(\w+)\}\}/g, '‹$1›')).join('<br>');
}

function page(): string {
  const tables = readGroups().map(({ title, reasons }) => {
    const rows = reasons.map(
      ({ name, meaning }) =>
        `| \`${name}\` | ${meaning} | ${sentencesOf(name, SENTENCES.en)} | ${sentencesOf(name, SENTENCES.fr)} |`,
    );
    return [`## ${title}`, '', '| reason | when | English | French |', '| --- | --- | --- | --- |', ...rows, ''].join(
      '\n',
    );
  });
  return `# Reasons

Every decision of Relance (who was enrolled, what was sent, put off or withheld, what ended) is a row with one of these
reasons and the facts it rested on. The owner reads the sentence in the admin; ‹names› stand for facts of the row. A
reason with several sentences has a closer one for some scenarios or facts. \`app/domain/reason.ts\` is the list,
\`app/i18n/admin\` holds the sentences, and a test keeps this page in step with both.

${tables.join('\n')}
## Answers

The customer page says of each scenario why it writes to this person or not, as things stand, whether they ever came into it
or not. Where one of the reasons above refuses them, it is that; otherwise it is where they stand
(\`app/domain/eligibility-state.ts\`), what else holds the next e-mail back, when it is planned or possible, and what
became of the last one.

| where they stand | English | French |
| --- | --- | --- |
${STATES.map((state) => `| \`${state}\` | ${answersOf(state, ANSWERS.en)} | ${answersOf(state, ANSWERS.fr)} |`).join('\n')}
`;
}

describe('the reasons', () => {
  it('are all found in the groups of the list', () => {
    expect(readGroups().flatMap(({ reasons }) => reasons.map(({ name }) => name))).toEqual([...REASONS]);
  });

  it('are each given somewhere', () => {
    const app = fileURLToPath(new URL('../../app', import.meta.url));
    const files = globSync('{domain,pipeline,store}/**/*.ts', { cwd: app }).filter(
      (name) => !name.endsWith('.test.ts') && name !== 'domain/reason.ts',
    );
    const code = files.map((name) => readFileSync(`${app}/${name}`, 'utf8')).join('\n');
    expect(files.length).toBeGreaterThan(50);
    expect(REASONS.filter((name) => !code.includes(`'${name}'`))).toEqual([]);
  });

  it.each(['en', 'fr'] as const)('have a sentence each in %s, and no sentence is about anything else', (language) => {
    const words = SENTENCES[language];
    expect(REASONS.filter((name) => !words[name]?.trim())).toEqual([]);
    expect(Object.keys(words).filter((key) => !ownerOf(key))).toEqual([]);
  });

  it('have beside them a sentence for every place to stand, in both languages', () => {
    const missing = STATES.filter((state) => !answersOf(state, ANSWERS.en) || !answersOf(state, ANSWERS.fr));
    expect(missing).toEqual([]);
  });

  it('name the same facts in both languages', () => {
    const facts = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();
    expect(Object.keys(SENTENCES.fr)).toEqual(Object.keys(SENTENCES.en));
    for (const [key, text] of Object.entries(SENTENCES.en))
      expect([key, facts(SENTENCES.fr[key] ?? '')]).toEqual([key, facts(text)]);
  });

  it('stand in docs/reasons.md as they are', async () => {
    await expect(page()).toMatchFileSnapshot('../../docs/reasons.md');
  });
});
