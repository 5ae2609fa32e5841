// SendGrid's literal tag replacement: each tag in turn, everywhere, so a value that holds a later tag is replaced again.

/** Replaces every substitution tag in a text; section tags inside the values are filled first. */
export function substitute(
  text: string,
  substitutions: Record<string, string> | undefined,
  sections?: Record<string, string>,
): string {
  if (substitutions === undefined) return text;
  let result = text;
  for (const tag in substitutions) {
    if (tag === '' || !result.includes(tag)) continue;
    let value = substitutions[tag] ?? '';
    for (const section in sections) value = value.replaceAll(section, () => sections[section] ?? '');
    result = result.replaceAll(tag, () => value);
  }
  return result;
}
