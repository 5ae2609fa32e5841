/** What can be wrong with a longer text's variables and links. Asked at the content's door. */
import { parseWebAddress } from '../lib/web-address';
import { isLinkPlace, parseRichLine, type Run } from './rich-words';
import { type TemplateProblem, VARIABLES } from './variables';

/** The problems a longer text can have: those of any text with variables, and links that lead nowhere. */
export type RichProblem = TemplateProblem | { code: 'link-address'; details: { address: string } };

/** What is wrong with the variables and links of a longer text; an empty list when it can be sent. */
export function richProblems(text: string): RichProblem[] {
  return text.split('\n').flatMap((line) => {
    const runs = parseRichLine(line);
    const targets = new Set(runs.flatMap(({ link }) => (link === undefined ? [] : [link])));
    return [
      ...runs.flatMap(problemsOfRun),
      ...[...targets].flatMap((address): RichProblem[] =>
        isLinkPlace(address) || parseWebAddress(address) ? [] : [{ code: 'link-address', details: { address } }],
      ),
    ];
  });
}

const VARIABLE_LIKE = /\{([^{}|]*)(?:\|[^{}]*)?\}/g;

function problemsOfRun(run: Run): RichProblem[] {
  if (run.kind === 'variable') {
    const { name, fallback, optional } = run;
    const mayLeaveAHole = VARIABLES[name].mayBeMissing && optional === undefined && (fallback ?? '').trim() === '';
    return mayLeaveAHole ? [{ code: 'may-be-missing', details: { name: `{${name}}`, example: `{${name}|…}` } }] : [];
  }
  const unknown = [...run.text.matchAll(VARIABLE_LIKE)].map(
    (match): RichProblem => ({ code: 'unknown-variable', details: { name: `{${(match[1] ?? '').trim()}}` } }),
  );
  const hasLooseBrace = /[{}]/.test(run.text.replace(VARIABLE_LIKE, ''));
  return [
    ...unknown,
    ...(hasLooseBrace ? [{ code: 'open-brace' as const, details: { example: '{first_name|…}' } }] : []),
  ];
}
