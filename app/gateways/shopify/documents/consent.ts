/** Carries a consent change made on our preference page to Shopify, which owns consent. */
import { z } from 'zod';
import { text } from '../fields';
import type { AdminDocument } from './document';

/** Variables: `{ input: { customerId, emailMarketingConsent } }`. Answers what Shopify refused it for, or null. */
export const UPDATE_CONSENT: AdminDocument<{ code: string | null; message: string } | null> = {
  name: 'UpdateConsent',
  text: `mutation UpdateConsent($input: CustomerEmailMarketingConsentUpdateInput!) {
    customerEmailMarketingConsentUpdate(input: $input) {
      customer { id }
      userErrors { code field message }
    }
  }`,
  read(data) {
    const errors = z.array(z.object({ code: text, message: z.string() }));
    const shape = z.object({ customerEmailMarketingConsentUpdate: z.object({ userErrors: errors }) });
    return shape.parse(data).customerEmailMarketingConsentUpdate.userErrors[0] ?? null;
  },
};
