/** Carries an erasure on to SendGrid, bound to `recipient.erase`. Without a key nothing was ever sent, so there is nothing to erase. */
import type { RecipientEraser } from '../gateways/sendgrid/erase';

export interface EraseParts {
  eraser: RecipientEraser | null;
  /** The subuser a shop's e-mails went out as, also once the shop is uninstalled; null where none did. */
  sentAs(shopId: number): Promise<string | null>;
}

export function makeEraseRecipient({
  eraser,
  sentAs,
}: EraseParts): (job: { shopId: number; email: string }) => Promise<void> {
  return async ({ shopId, email }) => {
    await eraser?.erase(email, null);
    // What went out before there was a subuser stands in the account, what goes out since in the subuser.
    const subuser = await sentAs(shopId);
    if (subuser) await eraser?.erase(email, subuser);
  };
}
