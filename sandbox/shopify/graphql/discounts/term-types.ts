// The small types inside a discount: what it gives, on which items, from which minimum, to whom. Part of types.ts.
import type { DiscountItems, DiscountMinimum, DiscountRecord } from '../../discounts/records';
import { connection } from '../connection';
import { fields, type Resolvers, tagged } from '../context';
import { moneyV2 } from '../resolvers/money';

type Kind<Union, Name extends string> = Extract<Union, { kind: Name }>;
const byId = { id: ({ id }: { id: string }) => id };

export const termResolvers: Resolvers = {
  DiscountCustomerGets: fields<DiscountRecord>({
    appliesOnOneTimePurchase: () => true,
    appliesOnSubscription: () => false,
    value: ({ value }, _args, ctx) => {
      if (value.kind === 'percentage') return tagged('DiscountPercentage', { percentage: value.percentage });
      const amount = value.kind === 'amount' ? value.amount : '0';
      const appliesOnEachItem = value.kind === 'amount' && value.onEachItem;
      return tagged('DiscountAmount', { amount: moneyV2(amount, ctx.shop.record.currency), appliesOnEachItem });
    },
    items: ({ items }) => {
      if (items.kind === 'all') return tagged('AllDiscountItems', { allItems: true });
      return tagged(items.kind === 'products' ? 'DiscountProducts' : 'DiscountCollections', { ...items });
    },
  }),
  DiscountProducts: fields<Kind<DiscountItems, 'products'>>({
    products: ({ productIds }, args, ctx) =>
      connection(
        ctx,
        productIds.flatMap((id) => ctx.shop.products.get(id) ?? []),
        args,
        byId,
      ),
    productVariants: ({ variantIds }, args, ctx) =>
      connection(
        ctx,
        variantIds.flatMap((id) => ctx.shop.variants.get(id) ?? []),
        args,
        byId,
      ),
  }),
  DiscountCollections: fields<Kind<DiscountItems, 'collections'>>({
    collections: ({ collectionIds }, args, ctx) =>
      connection(
        ctx,
        collectionIds.flatMap((id) => ctx.shop.collections.get(id) ?? []),
        args,
        byId,
      ),
  }),
  DiscountMinimumSubtotal: fields<Kind<DiscountMinimum, 'subtotal'>>({
    greaterThanOrEqualToSubtotal: ({ subtotal }, _args, ctx) => moneyV2(subtotal, ctx.shop.record.currency),
  }),
  DiscountMinimumQuantity: fields<Kind<DiscountMinimum, 'quantity'>>({
    greaterThanOrEqualToQuantity: ({ quantity }) => String(quantity),
  }),
  DiscountCustomers: fields<{ customerIds: string[] }>({
    customers: ({ customerIds }, _args, ctx) => customerIds.flatMap((id) => ctx.shop.customers.get(id) ?? []),
  }),
};
