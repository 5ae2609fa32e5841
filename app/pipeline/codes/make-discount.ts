/** Makes one discount in Shopify, or finds it there: made by another worker, or by one that died before it could note it. */
import type { MadeOffer } from '../../domain/offer';
import type { Shop } from '../../domain/shop';
import {
  CREATE_BASIC_DISCOUNT,
  CREATE_SHIPPING_DISCOUNT,
  DISCOUNT_OF_CODE,
  type DiscountMade,
} from '../../gateways/shopify/documents/discount';
import {
  type DiscountOrder,
  merchandiseDiscount,
  shippingDiscount,
} from '../../gateways/shopify/documents/discount-input';
import { newCodeText } from '../../lib/code-text';
import { lockCodes, renewText } from '../../store/codes';
import { type DiscountRow, keepShopifyId } from '../../store/discounts';
import { inShop } from '../../store/scope';
import { type CodeParts, type CodeText, settleReady } from './parts';

/** Texts that other discounts have already are renewed this often; more than once is no coincidence. */
const MOST_TEXTS = 5;

/** A discount Shopify has, and when it ends there; null when it has no end. */
export interface MadeDiscount {
  shopifyId: string;
  endsAt: Date | null;
}

interface Wanted {
  shop: Shop;
  discount: DiscountRow;
  offer: MadeOffer;
  first: CodeText;
}

/**
 * Its first code is ready when this resolves.
 * @returns Shopify's id, or what Shopify says against it
 * @throws AdminError
 */
export async function makeDiscount(
  parts: CodeParts,
  { shop, discount, offer, first }: Wanted,
): Promise<MadeDiscount | { refused: string }> {
  const { title, createdAt: startsAt, endsAt } = discount;
  let { code } = first;
  for (let texts = 0; texts < MOST_TEXTS; texts += 1) {
    const made = await create(parts, shop.domain, { offer, title, code, startsAt, endsAt });
    if ('discountId' in made) return keep(parts, { shop, discount, first: { ...first, code } }, made.discountId);
    if (!made.codeTaken) return { refused: made.refused };
    const holder = await parts.admin.run(shop.domain, DISCOUNT_OF_CODE, { code });
    if (holder?.title === title) return keep(parts, { shop, discount, first: { ...first, code } }, holder.id);
    const renewed = await inShop(parts.db, shop.id, (scope) =>
      renewText(scope, { enrollmentId: first.enrollmentId, from: code, to: newCodeText() }),
    );
    if (renewed === null) break;
    code = renewed;
  }
  return { refused: 'Code must be unique' };
}

function create(parts: CodeParts, shopDomain: string, order: DiscountOrder): Promise<DiscountMade> {
  const { offer } = order;
  return offer.kind === 'free-shipping'
    ? parts.admin.run(shopDomain, CREATE_SHIPPING_DISCOUNT, shippingDiscount({ ...order, offer }))
    : parts.admin.run(shopDomain, CREATE_BASIC_DISCOUNT, merchandiseDiscount({ ...order, offer }));
}

async function keep(
  parts: CodeParts,
  { shop, discount, first }: Omit<Wanted, 'offer'>,
  shopifyId: string,
): Promise<MadeDiscount> {
  const { id: discountId, endsAt } = discount;
  await inShop(parts.db, shop.id, async (scope) => {
    await lockCodes(scope);
    await keepShopifyId(scope, discountId, shopifyId);
    await settleReady(parts, scope, [first], { discountId, endsAt, at: parts.clock.now() });
  });
  parts.log.info({ event: 'discount.made', shopId: shop.id, scenario: discount.scenario, endDay: discount.endDay });
  return { shopifyId, endsAt };
}
