import { expect, it } from 'vitest';
import { type EmailContent, parseEmailContent } from '../emails/content';
import { welcomeEmails } from '../scenarios/welcome/emails';
import { addSubject, changeSubject, mayAddSubject, moveSubject, originalSubject, removeSubject } from './subject-list';

const words = (text: string) => ({ fr: text, en: text });
const plain: EmailContent = {
  key: 'plain',
  subject: words('Usual'),
  previewText: words('Preview'),
  blocks: [{ id: 'footer', type: 'footer' }],
};
const subjects = ({ subjectVariants = [] }: EmailContent) =>
  subjectVariants.map(({ when, subject }) => `${when.join('+')}: ${subject.en}`);

it('adds subjects with the usual words, each for people none above is for, as many as the check lets through', () => {
  let email = plain;
  while (mayAddSubject(email)) email = addSubject(email);
  expect(subjects(email).slice(0, 3)).toEqual(['hasCode: Usual', 'not:hasCode: Usual', 'boughtAtCheckout: Usual']);
  expect(subjects(email)).toHaveLength(6);
  expect(parseEmailContent(email).ok).toBe(true);
  expect(parseEmailContent(addSubject(email)).ok).toBe(false);
});

it('asks for no last day of a code below a subject for everybody with a code', () => {
  const email = changeSubject(addSubject(addSubject(plain)), 1, { when: ['hasCodeEnd'] });
  expect(parseEmailContent(email)).toMatchObject({
    issues: [{ path: 'subjectVariants.1.when', code: 'never-chosen' }],
  });
  expect(parseEmailContent(moveSubject(email, 1, -1)).ok).toBe(true);
});

it('changes, moves and removes one, and leaves an e-mail without any as it was before the first', () => {
  const two = changeSubject(addSubject(addSubject(plain)), 1, { subject: words('No code') });
  expect(subjects(moveSubject(two, 1, -1))).toEqual(['not:hasCode: No code', 'hasCode: Usual']);
  expect(moveSubject(two, 1, 1)).toBe(two);
  expect(removeSubject(removeSubject(two, 0), 0)).toEqual(plain);
});

it('finds what a subject came with by the people it is for, wherever it stands now', () => {
  const [welcome] = welcomeEmails;
  if (!welcome?.subjectVariants?.[1]) throw new Error('the first welcome has two subjects besides the usual one');
  const code = welcome.subjectVariants[1];
  expect(originalSubject(welcome, { ...code, subject: words('Mine') })).toBe(code);
  expect(originalSubject(welcome, { ...code, when: ['hasTotal'] })).toBeUndefined();
});
