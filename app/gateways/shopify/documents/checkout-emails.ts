/** How many checkouts were left lately, and about how many of them Shopify itself sent an e-mail. */
import { z } from 'zod';
import { whole } from '../fields';
import type { AdminDocument } from './document';

/** Variables: `checkoutEmailsInput(…)`. Counts end at a hundred: more says no more. */
export const CHECKOUT_EMAILS: AdminDocument<{ left: number; sent: number }> = {
  name: 'CheckoutEmails',
  text: `query CheckoutEmails($left: String!, $sent: String!) {
    left: abandonedCheckoutsCount(query: $left, limit: 100) { count }
    sent: abandonedCheckoutsCount(query: $sent, limit: 100) { count }
  }`,
  read(data) {
    const counted = z.object({ count: whole.pipe(z.number()) }).nullish();
    const { left, sent } = z.object({ left: counted, sent: counted }).parse(data);
    return { left: left?.count ?? 0, sent: sent?.count ?? 0 };
  },
};

export function checkoutEmailsInput(since: Date): { left: string; sent: string } {
  const lately = `created_at:>='${since.toISOString()}'`;
  return { left: `${lately} AND recovery_state:not_recovered`, sent: `${lately} AND email_state:sent` };
}
