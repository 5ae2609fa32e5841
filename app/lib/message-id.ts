/** The id of a message, made of what it is: whoever plans it again, after a restore from a copy, gives it the same. */
import { createHash } from 'node:crypto';

export interface MessageNature {
  shopId: number;
  scenario: string;
  customerId: string;
  occurrence: string;
  step: string;
}

/**
 * A UUID of version 8. SendGrid's events and our links carry it, so they find the message again although its row was lost.
 * Source: https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-8
 */
export function messageIdOf({ shopId, scenario, customerId, occurrence, step }: MessageNature): string {
  const nature = JSON.stringify([shopId, scenario, customerId, occurrence, step]);
  const hex = createHash('sha256').update(nature).digest('hex');
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
