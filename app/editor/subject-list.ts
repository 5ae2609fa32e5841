/** Edits of an e-mail's subjects for some people only, first one that fits first. Pure: each answers the changed e-mail. Used by the editor. */
import { type EmailContent, MOST_SUBJECT_VARIANTS, type SubjectVariant } from '../emails/content';
import { CONDITIONS, type Condition, isWithin } from '../emails/facts';

export function subjectsOf({ subjectVariants = [] }: EmailContent): readonly SubjectVariant[] {
  return subjectVariants;
}

function withSubjects(email: EmailContent, variants: readonly SubjectVariant[]): EmailContent {
  const { subjectVariants: _, ...rest } = email;
  return variants.length > 0 ? { ...rest, subjectVariants: [...variants] } : rest;
}

export function mayAddSubject(email: EmailContent): boolean {
  return subjectsOf(email).length < MOST_SUBJECT_VARIANTS;
}

/** What owners write another subject for; the rest follows. */
const MOST_WANTED: readonly Condition[] = ['hasCode', 'not:hasCode', 'boughtAtCheckout', 'not:boughtAtCheckout'];

/** One more at the end, with the usual words to begin with, for people whom none above is for. */
export function addSubject(email: EmailContent): EmailContent {
  const variants = subjectsOf(email);
  const isFree = (one: Condition) => !variants.some(({ when }) => isWithin([one], when));
  const when = [...MOST_WANTED, ...CONDITIONS].find(isFree) ?? CONDITIONS[0];
  const { subject, previewText } = email;
  return withSubjects(email, [...variants, { when: [when], subject, previewText }]);
}

export function changeSubject(email: EmailContent, index: number, changed: Partial<SubjectVariant>): EmailContent {
  return withSubjects(
    email,
    subjectsOf(email).map((one, place) => (place === index ? { ...one, ...changed } : one)),
  );
}

export function removeSubject(email: EmailContent, index: number): EmailContent {
  return withSubjects(email, subjectsOf(email).toSpliced(index, 1));
}

/** One place up (-1) or down (1): what stands above is chosen first. */
export function moveSubject(email: EmailContent, index: number, by: -1 | 1): EmailContent {
  const variants = subjectsOf(email);
  const [one, other] = [variants[index], variants[index + by]];
  if (!one || !other) return email;
  return withSubjects(email, variants.with(index, other).with(index + by, one));
}

/** The same subject as Relance came with it: the one for the same people. */
export function originalSubject(original: EmailContent | undefined, { when }: SubjectVariant) {
  return original && subjectsOf(original).find((one) => isWithin(one.when, when) && isWithin(when, one.when));
}
