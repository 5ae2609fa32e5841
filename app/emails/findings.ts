/** What keeps an e-mail from being sent, or from arriving whole. Called by the preview and before a send. */

import type { Language } from '../lib/language';
import type { CompiledEmail } from './compiled';
import type { FilledEmail } from './fill';

/** Gmail cuts a mail at 102 KB and hides its unsubscribe link; click tracking lengthens every link after we measured. */
export const MAX_HTML_BYTES = 90_000;

export type EmailFinding = { code: 'too-large'; bytes: number } | { code: 'missing-address' };

/** Size of the HTML part in bytes. */
export function sizeOf(filled: Pick<FilledEmail, 'html'>): number {
  return Buffer.byteLength(filled.html);
}

/** Nothing found means it may go out. */
export function emailFindings(compiled: CompiledEmail, filled: FilledEmail): EmailFinding[] {
  const findings: EmailFinding[] = [];
  const bytes = sizeOf(filled);
  if (bytes > MAX_HTML_BYTES) findings.push({ code: 'too-large', bytes });
  if (!compiled.hasPostalAddress) findings.push({ code: 'missing-address' });
  return findings;
}

export function describeEmailFinding(finding: EmailFinding, language: Language): string {
  const kilobytes = finding.code === 'too-large' ? Math.ceil(finding.bytes / 1000) : 0;
  const words = {
    'too-large': {
      fr: `Cet e-mail pèse ${kilobytes} ko ; au-delà de ${MAX_HTML_BYTES / 1000} ko, Gmail cache la fin. Retirez des blocs ou montrez moins de produits.`,
      en: `This e-mail weighs ${kilobytes} KB; above ${MAX_HTML_BYTES / 1000} KB Gmail hides its end. Remove blocks or show fewer products.`,
    },
    'missing-address': {
      fr: 'L’adresse postale de la boutique manque ; la loi la demande dans chaque e-mail. Ajoutez-la dans les réglages.',
      en: 'The shop’s postal address is missing; the law asks for it in every e-mail. Add it in the settings.',
    },
  };
  return words[finding.code][language];
}
