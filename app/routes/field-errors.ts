/** Refused fields in words, found by where they stand. Used by the scenario's page. */
import { useTranslation } from 'react-i18next';
import { type ContentIssueCode, describeContentIssue } from '../emails/content-issues';
import { languageFor } from '../lib/language';
import { OFFER_CODES } from '../scenarios/offer-codes';
import type { FieldError } from '../scenarios/overlay';

/** Those of the discount and the audience; the steps' are said at the step, the others are of an e-mail's words. */
const CODES = OFFER_CODES;

export interface FieldErrors {
  /** The sentences of the fields below this path, by the rest of theirs. */
  under(path: string): Record<string, string>;
}

export function useFieldErrors(errors: readonly FieldError[]): FieldErrors {
  const { t, i18n } = useTranslation();
  const language = languageFor(i18n.language);
  const inWords = ({ path, code, params = {} }: FieldError): string => {
    const known = CODES.find((one) => one === code);
    if (known) return t(`scenario.errors.${known}`, params);
    const details = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]));
    return describeContentIssue({ path, code: code as ContentIssueCode, details }, language);
  };
  return {
    under: (path) =>
      Object.fromEntries(
        errors
          .filter((error) => error.path.startsWith(`${path}.`))
          .map((error) => [error.path.slice(path.length + 1), inWords(error)]),
      ),
  };
}
