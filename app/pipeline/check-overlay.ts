/** Checks an owner's edit as a whole: delays against the steps, e-mails against their blocks. Asked by saving and by the preview of a draft. */
import type { ScenarioKey } from '../domain/scenario';
import { parseEmailContent } from '../emails/content';
import { CATALOGUE } from '../scenarios/catalogue';
import { type FieldError, parseOverlay } from '../scenarios/overlay';

/** The edit, or every field of it that is refused, with its path in the form. */
export function checkOverlay(key: ScenarioKey, input: unknown): ReturnType<typeof parseOverlay> {
  const parsed = parseOverlay(CATALOGUE[key], input);
  if (!parsed.ok) return parsed;
  const errors: FieldError[] = [];
  for (const [email, content] of Object.entries(parsed.overlay.emails ?? {})) {
    const checked = parseEmailContent(content);
    if (checked.ok) continue;
    for (const issue of checked.issues) {
      errors.push({ path: `emails.${email}.${issue.path}`, code: issue.code, params: issue.details });
    }
  }
  return errors.length > 0 ? { ok: false, errors } : parsed;
}
