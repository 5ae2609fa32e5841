// The quick actions of the control page: one click does what a shopper with that address would do in the storefront.
import { z } from 'zod';
import type { SandboxContext } from '../http/context';
import { SandboxRefusal } from '../http/refusal';
import type { CheckoutRecord, CustomerRecord } from '../shopify/records';
import type { ShopState } from '../shopify/state';

export const personBody = z.strictObject({
  shop: z.string().min(1),
  email: z.email().max(254),
  firstName: z.string().trim().max(100).optional(),
  locale: z.string().max(10).default('fr'),
  deed: z.enum(['create', 'subscribe', 'unsubscribe', 'abandon', 'drop-item', 'pay', 'order']),
});

export type PersonWish = z.infer<typeof personBody>;

function customerOf(ctx: SandboxContext, shop: ShopState, wish: PersonWish): CustomerRecord {
  const { email, firstName, locale } = wish;
  return (
    shop.customerByEmail(email) ??
    ctx.actions.createCustomer(shop.domain, { email, firstName: firstName || null, locale })
  );
}

function lastOpenCheckout(shop: ShopState, customer: CustomerRecord): CheckoutRecord {
  const open = [...shop.checkouts.values()].filter(
    (one) => one.customerId === customer.id && !one.completedAt && one.lines.length > 0,
  );
  const last = open.sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1)).at(-1);
  if (!last) throw new SandboxRefusal(`${customer.email} has no open checkout.`, 409);
  return last;
}

/** Two things that can be bought now; another pair for each checkout, so that e-mails differ. */
function chooseLines(shop: ShopState): { variantId: string; quantity: number }[] {
  const inStock = [...shop.products.values()]
    .filter((product) => product.status === 'ACTIVE' && !product.isGiftCard)
    .flatMap(
      (product) => shop.variantsOf(product).find((variant) => variant.inventoryQuantity > 0 || !variant.tracked) ?? [],
    );
  if (inStock.length === 0) throw new SandboxRefusal('Nothing in this shop is in stock.', 409);
  const start = (shop.checkouts.size * 7 + shop.orders.size * 3) % inStock.length;
  const chosen = [inStock[start], inStock[(start + 11) % inStock.length]].flatMap((variant) => variant ?? []);
  return [...new Set(chosen)].map((variant) => ({ variantId: variant.id, quantity: 1 }));
}

function abandon(ctx: SandboxContext, shop: ShopState, customer: CustomerRecord): CheckoutRecord {
  return ctx.actions.startCheckout(shop.domain, {
    lines: chooseLines(shop),
    email: customer.email,
    customerId: customer.id,
    locale: customer.locale,
    shippingPrice: '4.90',
    landingSite: '/?utm_source=control',
  });
}

/** Does it and says in one sentence what was done. Who is not known yet becomes a customer first. */
export function actAs(ctx: SandboxContext, wish: PersonWish): string {
  const shop = ctx.state.shop(wish.shop);
  const wasKnown = shop.customerByEmail(wish.email) !== undefined;
  const customer = customerOf(ctx, shop, wish);
  const { actions } = ctx;
  const who = wish.email;
  switch (wish.deed) {
    case 'create':
      return wasKnown ? `${who} is a customer already.` : `${who} is a customer now, not subscribed.`;
    case 'subscribe':
      actions.setConsent(shop.domain, customer.id, { state: 'SUBSCRIBED', optInLevel: 'SINGLE_OPT_IN' });
      return `${who} is subscribed.`;
    case 'unsubscribe':
      actions.setConsent(shop.domain, customer.id, { state: 'UNSUBSCRIBED' });
      return `${who} is unsubscribed.`;
    case 'abandon': {
      const { lines } = abandon(ctx, shop, customer);
      return `${who} left a checkout with ${lines.map((line) => line.title).join(' and ')}.`;
    }
    case 'drop-item': {
      const checkout = lastOpenCheckout(shop, customer);
      const [first, ...rest] = checkout.lines;
      const lines = rest.flatMap(({ variantId, quantity }) => (variantId === null ? [] : [{ variantId, quantity }]));
      actions.updateCheckout(shop.domain, checkout.id, { lines });
      return `${who} took ${first?.title} out of the checkout.`;
    }
    case 'pay':
    case 'order': {
      const checkout = wish.deed === 'pay' ? lastOpenCheckout(shop, customer) : abandon(ctx, shop, customer);
      const order = actions.payCheckout(shop.domain, checkout.id);
      return `${who} paid order ${order.name}.`;
    }
  }
}
