/** Which shop a signed body speaks of, where it says so: the header that names one is not signed. Called by `pipeline/route-event`. */

/** The addresses Shopify writes into orders and checkouts carry the shop's id before the kind of page. */
const ADDRESS =
  /"(?:order_status_url|abandoned_checkout_url)"\s*:\s*"https?:\\?\/\\?\/[^"/\\]+\\?\/(\d{1,20})\\?\/(?:orders|checkouts)\\?\//;

/**
 * The id of the shop in a webhook's body as it came, or null where none can be told: most bodies name no shop.
 * A text of the shopper's cannot pass for the field: its quotation marks are escaped.
 */
export function shopIdInBody(body: string): string | null {
  return ADDRESS.exec(body)?.[1] ?? null;
}
