/** Carries an erasure on to SendGrid, bound to `recipient.erase`. Without a key nothing was ever sent, so there is nothing to erase. */
import type { RecipientEraser } from '../gateways/sendgrid/erase';

export interface EraseParts {
  eraser: RecipientEraser | null;
  /** The subuser a shop sends as; null where it sends as the account itself. */
  subuserOf(shopId: number): Promise<string | null>;
}

export function makeEraseRecipient({
  eraser,
  subuserOf,
}: EraseParts): (job: { shopId: number; email: string }) => Promise<void> {
  return async ({ shopId, email }) => {
    await eraser?.erase(email, null);
    // What went out before there was a subuser stands in the account, what goes out since in the subuser.
    const subuser = await subuserOf(shopId);
    if (subuser) await eraser?.erase(email, subuser);
  };
}
