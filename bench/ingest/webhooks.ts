/** Checkout webhooks of 3 kB as Shopify would send them, signed beforehand so that the load generator only sends. */
import { createHmac } from 'node:crypto';

export interface SignedWebhook {
  headers: Record<string, string>;
  body: Buffer;
}

const BODY_BYTES = 3 * 1024;
/** Shopify's own share of repeats is far below this; every twentieth is a hard day. */
const DUPLICATES_EVERY = 20;
const SENT_AT = '2026-11-27T09:00:00.123456789Z';

function line(number: number) {
  return {
    key: `line-${number}`,
    product_id: 7_000_000_000 + number,
    variant_id: 41_000_000_000 + number,
    title: `Washed linen throw, natural, number ${number}`,
    variant_title: 'Large',
    quantity: 1 + (number % 3),
    price: '79.00',
    sku: `LT-${number}`,
    vendor: 'Maison Tilleul',
    requires_shipping: true,
    taxable: true,
    gift_card: false,
    fulfillment_service: 'manual',
    properties: {},
  };
}

/** One checkout, filled up with what its buyer wrote to exactly three kilobytes. */
function checkoutBody(number: number): Buffer {
  const checkout = {
    id: 30_000_000_000 + number,
    token: `token-${number}`,
    cart_token: `cart-${number}`,
    email: `shopper-${number}@example.com`,
    created_at: '2026-11-27T08:58:00Z',
    updated_at: '2026-11-27T08:59:59Z',
    completed_at: null,
    currency: 'EUR',
    presentment_currency: 'EUR',
    customer_locale: number % 2 ? 'fr-FR' : 'en-GB',
    total_price: '158.00',
    subtotal_price: '158.00',
    total_tax: '26.33',
    buyer_accepts_marketing: true,
    abandoned_checkout_url: `https://shop.example/checkouts/${number}/recover?key=${number}`,
    line_items: [line(number % 40), line((number + 7) % 40)],
    customer: { id: 6_000_000_000 + number, email: `shopper-${number}@example.com`, first_name: 'Camille' },
    shipping_address: { first_name: 'Camille', city: 'Lyon', country_code: 'FR', zip: '69004' },
    note: '',
  };
  const missing = BODY_BYTES - Buffer.byteLength(JSON.stringify(checkout));
  return Buffer.from(JSON.stringify({ ...checkout, note: 'x'.repeat(Math.max(0, missing)) }));
}

/**
 * `count` webhooks spread over the shops by `shopOf`; every twentieth repeats the one sent five before it, as Shopify
 * does when an answer was lost.
 * @param round part of every id, so that rounds do not repeat each other
 */
export function signedWebhooks(options: {
  count: number;
  round: string;
  secret: string;
  shopOf(number: number): string;
}): SignedWebhook[] {
  const made: SignedWebhook[] = [];
  for (let number = 0; number < options.count; number += 1) {
    const earlier = number % DUPLICATES_EVERY === DUPLICATES_EVERY - 1 ? made[number - 5] : undefined;
    made.push(earlier ?? signed(number, options));
  }
  return made;
}

function signed(
  number: number,
  { round, secret, shopOf }: { round: string; secret: string; shopOf(number: number): string },
): SignedWebhook {
  const body = checkoutBody(number);
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'x-shopify-topic': 'checkouts/update',
      'x-shopify-shop-domain': shopOf(number),
      'x-shopify-api-version': '2026-10',
      'x-shopify-webhook-id': `${round}-${number}`,
      'x-shopify-triggered-at': SENT_AT,
      'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64'),
    },
  };
}
