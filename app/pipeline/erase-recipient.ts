/** Carries an erasure on to SendGrid, bound to `recipient.erase`. Without a key nothing was ever sent, so there is nothing to erase. */
import type { RecipientEraser } from '../gateways/sendgrid/erase';

export function makeEraseRecipient({
  eraser,
}: {
  eraser: RecipientEraser | null;
}): (job: { email: string }) => Promise<void> {
  return async ({ email }) => {
    await eraser?.erase(email);
  };
}
