// DiscountCodeNode and what hangs on it: the basic and the free-shipping discount, their terms, codes and code creations.
import {
  type CodeCreationRecord,
  type DiscountRecord,
  discountClass,
  discountStatus,
  type RedeemCodeRecord,
} from '../../discounts/records';
import { gid } from '../../ids';
import { fromMinor, toMinor } from '../../money';
import { currentTotal } from '../../totals';
import { connection } from '../connection';
import { fields, type GraphqlContext, type Resolvers, tagged } from '../context';
import { moneyV2 } from '../resolvers/money';
import { codesConnection } from './queries';
import { shareableUrls } from './shareable-urls';
import { fullSummary, shortSummary } from './summary';
import { termResolvers } from './term-types';
import { userError } from './user-error';

/** A value of the union DiscountCode. */
interface Body {
  discount: DiscountRecord;
}

function bodyOf(discount: DiscountRecord): Body {
  const isShipping = discount.value.kind === 'free-shipping';
  return tagged(isShipping ? 'DiscountCodeFreeShipping' : 'DiscountCodeBasic', { discount });
}

/** What was sold with it, in the shop's currency. */
function totalSales({ discount }: Body, ctx: GraphqlContext) {
  const { currency } = ctx.shop.record;
  const withIt = [...ctx.shop.orders.values()].filter((order) =>
    order.discountCodes.some(({ applied }) => applied?.discountId === discount.id),
  );
  const minor = withIt.reduce((sum, order) => sum + toMinor(currentTotal(order), currency), 0);
  return moneyV2(fromMinor(minor, currency), currency);
}

const contextOf = ({ discount }: Body, everyone: 'DiscountBuyerSelectionAll' | 'DiscountCustomerAll') => {
  const { customerIds } = discount;
  if (customerIds) return tagged('DiscountCustomers', { customerIds });
  return everyone === 'DiscountCustomerAll'
    ? tagged(everyone, { allCustomers: true })
    : tagged(everyone, { all: 'ALL' });
};

const shared = fields<Body>({
  title: ({ discount }) => discount.title,
  status: ({ discount }, _args, ctx) => discountStatus(discount, ctx.clock.now()),
  startsAt: ({ discount }) => discount.startsAt,
  endsAt: ({ discount }) => discount.endsAt,
  createdAt: ({ discount }) => discount.createdAt,
  updatedAt: ({ discount }) => discount.updatedAt,
  usageLimit: ({ discount }) => discount.usageLimit,
  appliesOncePerCustomer: ({ discount }) => discount.oncePerCustomer,
  asyncUsageCount: ({ discount }) => discount.usageCount,
  recurringCycleLimit: () => null,
  hasTimelineComment: () => false,
  tags: ({ discount }) => discount.tags,
  discountClass: ({ discount }) => discountClass(discount),
  discountClasses: ({ discount }) => [discountClass(discount)],
  combinesWith: ({ discount }) => ({ ...discount.combinesWith, productDiscountsWithTagsOnSameCartLine: null }),
  codes: ({ discount }, args, ctx) => codesConnection(discount, args, ctx),
  codesCount: ({ discount }, _args, ctx) => ({ count: ctx.shop.book.codeCount(discount.id), precision: 'EXACT' }),
  context: (body) => contextOf(body, 'DiscountBuyerSelectionAll'),
  customerSelection: (body) => contextOf(body, 'DiscountCustomerAll'),
  summary: ({ discount }, _args, ctx) => fullSummary(discount, ctx.shop.record.currency),
  shortSummary: ({ discount }, _args, ctx) => shortSummary(discount, ctx.shop.record.currency),
  shareableUrls: ({ discount }, _args, ctx) => shareableUrls(discount, ctx),
  totalSales: (body, _args, ctx) => totalSales(body, ctx),
  minimumRequirement: ({ discount }) => {
    const { minimum } = discount;
    if (!minimum) return null;
    const type = minimum.kind === 'subtotal' ? 'DiscountMinimumSubtotal' : 'DiscountMinimumQuantity';
    return tagged(type, { ...minimum });
  },
});

export const discountResolvers: Resolvers = {
  ...termResolvers,
  DiscountCodeNode: fields<DiscountRecord>({
    id: ({ id }) => gid('DiscountCodeNode', id),
    codeDiscount: bodyOf,
  }),
  DiscountNode: fields<DiscountRecord>({
    id: ({ id }) => gid('DiscountCodeNode', id),
    discount: bodyOf,
  }),
  DiscountCodeBasic: {
    ...shared,
    ...fields<Body>({
      customerGets: ({ discount }) => discount,
    }),
  },
  DiscountCodeFreeShipping: {
    ...shared,
    ...fields<Body>({
      appliesOnOneTimePurchase: () => true,
      appliesOnSubscription: () => false,
      destinationSelection: ({ discount }) => {
        const countries = discount.value.kind === 'free-shipping' ? discount.value.countries : null;
        if (!countries) return tagged('DiscountCountryAll', { allCountries: true });
        return tagged('DiscountCountries', { countries, includeRestOfWorld: false });
      },
      maximumShippingPrice: ({ discount }, _args, ctx) => {
        const price = discount.value.kind === 'free-shipping' ? discount.value.maximumPrice : null;
        return price === null ? null : moneyV2(price, ctx.shop.record.currency);
      },
    }),
  },
  DiscountRedeemCode: fields<RedeemCodeRecord>({
    id: ({ id }) => gid('DiscountRedeemCode', id),
    asyncUsageCount: ({ usageCount }) => usageCount,
    createdBy: (_code, _args, ctx) => ctx.shop.installation,
  }),
  DiscountRedeemCodeBulkCreation: fields<CodeCreationRecord>({
    id: ({ id }) => gid('DiscountRedeemCodeBulkCreation', id),
    codesCount: ({ codes }) => codes.length,
    importedCount: ({ codes }) => codes.filter(({ codeId }) => codeId !== null).length,
    failedCount: ({ codes }) => codes.filter(({ error }) => error !== null).length,
    discountCode: ({ discountId }, _args, ctx) => ctx.shop.discounts.get(discountId) ?? null,
    codes: ({ codes }, args, ctx) => {
      const numbered = codes.map((entry, index) => ({ ...entry, place: String(index) }));
      return connection(ctx, numbered, args, { id: ({ place }) => place });
    },
  }),
  DiscountRedeemCodeBulkCreationCode: fields<CodeCreationRecord['codes'][number]>({
    discountRedeemCode: ({ codeId }, _args, ctx) =>
      codeId === null ? null : (ctx.shop.redeemCodes.get(codeId) ?? null),
    errors: ({ error }) => (error === null ? [] : [userError(['code'], error)]),
  }),
};
