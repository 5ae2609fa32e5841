/** Checks an owner's edit as a whole: delays and conditions against the steps, e-mails against their blocks. Asked by saving and by the preview of a draft. */
import type { ScenarioKey } from '../domain/scenario';
import { parseEmailContent } from '../emails/content';
import { CATALOGUE } from '../scenarios/catalogue';
import { type FieldError, parseOverlay } from '../scenarios/overlay';

/** The edit, or every field of it that is refused, with its path in the form. */
export function checkOverlay(key: ScenarioKey, input: unknown): ReturnType<typeof parseOverlay> {
  const parsed = parseOverlay(CATALOGUE[key], input);
  const errors = [...(parsed.ok ? [] : parsed.errors), ...emailErrors(input)];
  return parsed.ok && errors.length === 0 ? parsed : { ok: false, errors };
}

/** What is wrong inside the e-mails, whatever else is wrong with the edit. */
function emailErrors(input: unknown): FieldError[] {
  const emails: unknown = typeof input === 'object' && input !== null ? Reflect.get(input, 'emails') : null;
  if (typeof emails !== 'object' || emails === null) return [];
  return Object.entries(emails).flatMap(([email, content]) => {
    const checked = parseEmailContent(content);
    if (checked.ok) return [];
    return checked.issues.map(({ path, code, details }) => ({
      path: `emails.${email}.${path}`,
      code,
      params: details,
    }));
  });
}
