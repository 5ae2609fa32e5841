/** Carries a birth date given or taken away on our preference page to the customer's standard metafield in Shopify. */
import { z } from 'zod';
import { text } from '../fields';
import { BIRTH_DATE } from '../payloads/customer';
import { customerGid } from './customer';
import type { AdminDocument } from './document';

/** Variables: `birthDateInput(…)`. Answers what Shopify refused it for, or null. */
export const SET_BIRTH_DATE: AdminDocument<{ code: string | null; message: string } | null> = {
  name: 'SetBirthDate',
  text: `mutation SetBirthDate($metafields: [MetafieldsSetInput!]!) {
    metafieldsSet(metafields: $metafields) {
      metafields { id }
      userErrors { code field message }
    }
  }`,
  read(data) {
    const errors = z.array(z.object({ code: text, message: z.string() }));
    const shape = z.object({ metafieldsSet: z.object({ userErrors: errors }) });
    return shape.parse(data).metafieldsSet.userErrors[0] ?? null;
  },
};

/** Variables: `noBirthDateInput(…)`. One that is not there is deleted already. Answers what Shopify refused it for, or null. */
export const DELETE_BIRTH_DATE: AdminDocument<{ code: string | null; message: string } | null> = {
  name: 'DeleteBirthDate',
  text: `mutation DeleteBirthDate($metafields: [MetafieldIdentifierInput!]!) {
    metafieldsDelete(metafields: $metafields) {
      deletedMetafields { key }
      userErrors { field message }
    }
  }`,
  read(data) {
    const shape = z.object({
      metafieldsDelete: z.object({ userErrors: z.array(z.object({ message: z.string() })) }),
    });
    const [error] = shape.parse(data).metafieldsDelete.userErrors;
    return error ? { code: null, message: error.message } : null;
  },
};

export function noBirthDateInput(customerId: string): Record<string, unknown> {
  return { metafields: [{ ...BIRTH_DATE, ownerId: customerGid(customerId) }] };
}

/** @param birthDate `YYYY-MM-DD` */
export function birthDateInput(customerId: string, birthDate: string): Record<string, unknown> {
  return { metafields: [{ ...BIRTH_DATE, type: 'date', ownerId: customerGid(customerId), value: birthDate }] };
}
