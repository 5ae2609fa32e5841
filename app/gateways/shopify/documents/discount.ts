/** Discounts with many codes: made, filled with codes, asked after, deleted. What is asked for stands in `discount-input`. */
import { z } from 'zod';
import { key, text, time, whole } from '../fields';
import type { AdminDocument } from './document';

const userErrors = z.array(z.object({ code: text, field: z.array(z.string()).nullish(), message: z.string() }));
type UserErrors = z.output<typeof userErrors>;

/** Shopify's own words; `codeTaken`: nothing but the code's text stands against it. */
export interface DiscountRefusal {
  refused: string;
  codeTaken: boolean;
}

export type DiscountMade = { discountId: string } | DiscountRefusal;

function refusal(errors: UserErrors): DiscountRefusal {
  const refused = errors.map(({ message }) => message).join(' ') || 'Shopify gave no reason';
  return { refused, codeTaken: errors.length > 0 && errors.every(({ code }) => code === 'TAKEN') };
}

const made = z.object({ codeDiscountNode: z.object({ id: z.string() }).nullish(), userErrors });

function readMade(told: unknown): DiscountMade {
  const { codeDiscountNode, userErrors: errors } = made.parse(told);
  return codeDiscountNode ? { discountId: codeDiscountNode.id } : refusal(errors);
}

/** Variables: `{ input }` of `merchandiseDiscount`. */
export const CREATE_BASIC_DISCOUNT: AdminDocument<DiscountMade> = {
  name: 'CreateBasicDiscount',
  text: `mutation CreateBasicDiscount($input: DiscountCodeBasicInput!) {
    discountCodeBasicCreate(basicCodeDiscount: $input) {
      codeDiscountNode { id }
      userErrors { code field message }
    }
  }`,
  read: (data) => readMade(z.object({ discountCodeBasicCreate: z.unknown() }).parse(data).discountCodeBasicCreate),
};

/** Variables: `{ input }` of `shippingDiscount`. */
export const CREATE_SHIPPING_DISCOUNT: AdminDocument<DiscountMade> = {
  name: 'CreateShippingDiscount',
  text: `mutation CreateShippingDiscount($input: DiscountCodeFreeShippingInput!) {
    discountCodeFreeShippingCreate(freeShippingCodeDiscount: $input) {
      codeDiscountNode { id }
      userErrors { code field message }
    }
  }`,
  read: (data) =>
    readMade(z.object({ discountCodeFreeShippingCreate: z.unknown() }).parse(data).discountCodeFreeShippingCreate),
};

/** As many codes as Shopify takes in one call. */
export const MOST_CODES = 250;

/** Variables: `{ discountId, codes: [{ code }] }`, at most `MOST_CODES`. Answers the id of the work Shopify began. */
export const ADD_CODES: AdminDocument<{ creationId: string } | DiscountRefusal> = {
  name: 'AddCodes',
  text: `mutation AddCodes($discountId: ID!, $codes: [DiscountRedeemCodeInput!]!) {
    discountRedeemCodeBulkAdd(discountId: $discountId, codes: $codes) {
      bulkCreation { id }
      userErrors { code field message }
    }
  }`,
  read(data) {
    const answer = z.object({ bulkCreation: z.object({ id: z.string() }).nullish(), userErrors });
    const told = z.object({ discountRedeemCodeBulkAdd: answer }).parse(data).discountRedeemCodeBulkAdd;
    return told.bulkCreation ? { creationId: told.bulkCreation.id } : refusal(told.userErrors);
  },
};

export interface CodeCreation {
  done: boolean;
  /** How many codes came in. */
  imported: number;
}

/** Variables: `{ id }` of the work. Null when Shopify no longer knows it. */
export const CODE_CREATION: AdminDocument<CodeCreation | null> = {
  name: 'CodeCreation',
  text: 'query CodeCreation($id: ID!) { discountRedeemCodeBulkCreation(id: $id) { done importedCount } }',
  read(data) {
    const creation = z.object({ done: z.boolean(), importedCount: whole });
    const { discountRedeemCodeBulkCreation: told } = z
      .object({ discountRedeemCodeBulkCreation: creation.nullish() })
      .parse(data);
    return told ? { done: told.done, imported: told.importedCount ?? 0 } : null;
  },
};

export interface CodeResult {
  code: string;
  imported: boolean;
  errors: string[];
}

const results = z.object({
  codes: z.object({
    nodes: z.array(
      z.object({
        code: z.string(),
        discountRedeemCode: z.object({ id: z.string() }).nullish(),
        errors: z.array(z.object({ message: z.string() })),
      }),
    ),
  }),
});

/** Variables: `{ id }` of work that is done. What became of each code; asked only where some did not come in. */
export const CODE_RESULTS: AdminDocument<CodeResult[]> = {
  name: 'CodeResults',
  text: `query CodeResults($id: ID!) {
    discountRedeemCodeBulkCreation(id: $id) {
      codes(first: ${MOST_CODES}) { nodes { code discountRedeemCode { id } errors { message } } }
    }
  }`,
  read(data) {
    const { discountRedeemCodeBulkCreation: told } = z
      .object({ discountRedeemCodeBulkCreation: results.nullish() })
      .parse(data);
    return (told?.codes.nodes ?? []).map(({ code, discountRedeemCode, errors }) => ({
      code,
      imported: Boolean(discountRedeemCode),
      errors: errors.map(({ message }) => message),
    }));
  },
};

export interface DiscountState {
  id: string;
  title: string;
  status: 'active' | 'scheduled' | 'expired';
  /** Null when it has no end. */
  endsAt: Date | null;
}

const TERMS = 'title status endsAt';
const BODY = `... on DiscountCodeBasic { ${TERMS} } ... on DiscountCodeFreeShipping { ${TERMS} }`;

const body = z.object({
  title: z.string(),
  status: z
    .string()
    .transform((status) => status.toLowerCase())
    .pipe(z.enum(['active', 'scheduled', 'expired'])),
  endsAt: time,
});

/** Null for another kind of discount than we make: it has none of the terms asked for. */
function toState(id: string, told: unknown): DiscountState | null {
  const read = body.safeParse(told);
  return read.success ? { id, ...read.data } : null;
}

/** Variables: `{ id }`. Null when the shop has no such discount. */
export const DISCOUNT_STATE: AdminDocument<DiscountState | null> = {
  name: 'DiscountState',
  text: `query DiscountState($id: ID!) { discountNode(id: $id) { id discount { ${BODY} } } }`,
  read(data) {
    const shape = z.object({ discountNode: z.object({ id: z.string(), discount: z.unknown() }).nullish() });
    const { discountNode } = shape.parse(data);
    return discountNode ? toState(discountNode.id, discountNode.discount) : null;
  },
};

export interface CodeHolder {
  id: string;
  /** Null of a kind of discount we never make. */
  title: string | null;
  status: DiscountState['status'] | null;
}

/** Variables: `{ code }`. The discount that has this code, whatever its kind; null while nobody has it. */
export const DISCOUNT_OF_CODE: AdminDocument<CodeHolder | null> = {
  name: 'DiscountOfCode',
  text: `query DiscountOfCode($code: String!) { codeDiscountNodeByCode(code: $code) { id codeDiscount { ${BODY} } } }`,
  read(data) {
    const shape = z.object({
      codeDiscountNodeByCode: z.object({ id: z.string(), codeDiscount: z.unknown() }).nullish(),
    });
    const { codeDiscountNodeByCode: node } = shape.parse(data);
    const state = node && toState(node.id, node.codeDiscount);
    return node ? { id: node.id, title: state?.title ?? null, status: state?.status ?? null } : null;
  },
};

/** Variables: `{ id }`. Answers what Shopify refused it for, or null; one that is gone already is no refusal. */
export const DELETE_DISCOUNT: AdminDocument<string | null> = {
  name: 'DeleteDiscount',
  text: `mutation DeleteDiscount($id: ID!) {
    discountCodeDelete(id: $id) {
      deletedCodeDiscountId
      userErrors { code field message }
    }
  }`,
  read(data) {
    const answer = z.object({ deletedCodeDiscountId: key, userErrors });
    const { deletedCodeDiscountId, userErrors: errors } = z
      .object({ discountCodeDelete: answer })
      .parse(data).discountCodeDelete;
    if (deletedCodeDiscountId !== null) return null;
    const { refused } = refusal(errors);
    return /does not exist/i.test(refused) ? null : refused;
  },
};
