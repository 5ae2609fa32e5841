// Which access scope a topic needs before Shopify delivers it, and which topics come without an installation. Used by dispatcher.ts.

const scopeByPrefix: Record<string, string> = {
  orders: 'read_orders',
  refunds: 'read_orders',
  checkouts: 'read_orders',
  fulfillments: 'read_fulfillments',
  customers: 'read_customers',
  customers_email_marketing_consent: 'read_customers',
  products: 'read_products',
  variants: 'read_products',
  discounts: 'read_discounts',
};

const scopeByTopic: Record<string, string | null> = {
  'customers/merge': 'read_customer_merge',
  'customers/data_request': null,
  'customers/redact': null,
};

/** Privacy topics are sent to every app that ever was installed, also after it is gone. */
export const privacyTopics = new Set(['customers/data_request', 'customers/redact', 'shop/redact']);

/** The scope needed, or null when none is. */
export function scopeOfTopic(topic: string): string | null {
  if (topic in scopeByTopic) return scopeByTopic[topic] ?? null;
  return scopeByPrefix[topic.split('/')[0] ?? ''] ?? null;
}

/** A write scope includes the read scope of the same name. */
export function hasScope(granted: string[], wanted: string): boolean {
  return granted.includes(wanted) || granted.includes(wanted.replace(/^read_/, 'write_'));
}
