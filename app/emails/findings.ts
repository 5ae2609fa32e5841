/** What keeps an e-mail from being sent, or from arriving whole. Asked when an edit is saved, by the preview and before a send. */

import type { CompiledEmail } from './compiled';
import type { FilledEmail } from './fill';

/** Gmail cuts a mail at 102 KB and hides its unsubscribe link; click tracking lengthens every link after we measured. */
export const MAX_HTML_BYTES = 90_000;

export type EmailFinding = { code: 'too-large'; bytes: number } | { code: 'missing-address' };

/** Size of the HTML part in bytes. */
export function sizeOf(filled: Pick<FilledEmail, 'html'>): number {
  return Buffer.byteLength(filled.html);
}

/** As a person reads it; never less than it is. */
export function inKilobytes(bytes: number): number {
  return Math.ceil(bytes / 1000);
}

/** How many bytes an e-mail has that is too large to arrive whole; null when it is not. */
export function tooLarge(compiled: CompiledEmail, filled: FilledEmail): number | null {
  const finding = emailFindings(compiled, filled).find((one) => one.code === 'too-large');
  return finding?.bytes ?? null;
}

/** Nothing found means it may go out. */
export function emailFindings(compiled: CompiledEmail, filled: FilledEmail): EmailFinding[] {
  const findings: EmailFinding[] = [];
  const bytes = sizeOf(filled);
  if (bytes > MAX_HTML_BYTES) findings.push({ code: 'too-large', bytes });
  if (!compiled.hasPostalAddress) findings.push({ code: 'missing-address' });
  return findings;
}
