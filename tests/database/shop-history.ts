/** Made-up weeks of a shop, as the webhooks Shopify would send of them, in the order things happened. Every address belongs to one person throughout. */
import fc from 'fast-check';

export interface Webhook {
  topic: string;
  payload: unknown;
  triggeredAt: string;
  webhookId: string;
}

/** What happens next; the numbers choose whom or what it happens to. */
type Act = { act: (typeof ACTS)[number]; who: number; what: number; gap: number };

const ACTS = [
  'join',
  'rename',
  'subscribe',
  'unsubscribe',
  'leave-checkout',
  'leave-as-guest',
  'change-checkout',
  'empty-checkout',
  'delete-checkout',
  'pay-checkout',
  'order-directly',
  'order-as-guest',
  'refund',
  'cancel',
  'change-product',
  'delete-product',
  'merge',
  'delete-customer',
] as const;

export const shopHistory = fc
  .array(
    fc.record({
      act: fc.constantFrom(...ACTS),
      who: fc.nat(4),
      what: fc.nat(30),
      // Many things happen within one second, and Shopify's own timestamps know no less.
      gap: fc.constantFrom(0, 0, 1, 7, 3600),
    }),
    { minLength: 4, maxLength: 24 },
  )
  .map(tellHistory);

interface Person {
  id: string;
  email: string;
  name: string;
  updatedAt: string | null;
  gone: boolean;
}

interface Cart {
  id: number;
  token: string;
  person: Person | null;
  email: string;
  lines: number;
  open: boolean;
}

function tellHistory(acts: Act[]): Webhook[] {
  return new History().tell(acts);
}

class History {
  private seconds = Date.parse('2026-11-01T08:00:00Z') / 1000;
  private readonly told: Webhook[] = [];
  private readonly people: Person[] = [0, 1, 2, 3, 4].map((n) => ({
    id: String(9_007_199_254_740_993n + BigInt(n)),
    email: `person${n}@example.com`,
    name: `Name ${n}`,
    updatedAt: null,
    gone: false,
  }));
  private readonly carts: Cart[] = [];
  private readonly orders: Record<string, unknown>[] = [];
  private readonly products = [1, 2, 3].map((id) => ({ id, title: `Product ${id}`, stock: 5, gone: false }));

  tell(acts: Act[]): Webhook[] {
    for (const act of acts) {
      this.seconds += act.gap;
      this.perform(act);
    }
    return this.told;
  }

  private get now(): string {
    return `${new Date(this.seconds * 1000).toISOString().slice(0, 19)}Z`;
  }

  private send(topic: string, payload: unknown): void {
    const count = String(this.told.length).padStart(6, '0');
    // Each trigger a microsecond later than the one before, as Shopify's are.
    const triggeredAt = `${this.now.slice(0, 19)}.${count}000Z`;
    this.told.push({ topic, payload: structuredClone(payload), triggeredAt, webhookId: `w-${count}` });
  }

  private customer(person: Person) {
    return {
      id: person.id,
      email: person.email,
      first_name: person.name,
      updated_at: person.updatedAt,
      created_at: null,
      default_address: { country_code: 'FR' },
    };
  }

  private perform({ act, who, what }: Act): unknown {
    const person = this.people[who];
    const cart = this.carts[what % Math.max(1, this.carts.length)];
    const order = this.orders[what % Math.max(1, this.orders.length)];
    const product = this.products[what % this.products.length];
    const here = person?.updatedAt && !person.gone ? person : null;
    switch (act) {
      case 'join':
        if (!person || person.updatedAt) return;
        person.updatedAt = this.now;
        return this.send('customers/create', this.customer(person));
      case 'rename':
        if (!here) return;
        Object.assign(here, { name: `Name ${what}`, updatedAt: this.now });
        return this.send('customers/update', this.customer(here));
      case 'subscribe':
      case 'unsubscribe':
        return here ? this.consent(here, act === 'subscribe' ? 'subscribed' : 'unsubscribed') : undefined;
      case 'leave-checkout':
        return here ? this.leave(here, here.email, what) : undefined;
      case 'leave-as-guest':
        return person && !person.updatedAt ? this.leave(null, person.email.toUpperCase(), what) : undefined;
      case 'change-checkout':
      case 'empty-checkout':
        if (!cart?.open) return;
        cart.lines = act === 'empty-checkout' ? 0 : 1 + (what % 3);
        return this.send('checkouts/update', this.checkout(cart));
      case 'delete-checkout':
        if (!cart?.open) return;
        cart.open = false;
        return this.send('checkouts/delete', { id: String(cart.id), presentment_currency: 'EUR', total_price: '1.00' });
      case 'pay-checkout':
        if (!cart?.open || cart.lines === 0 || cart.person?.gone) return;
        cart.open = false;
        return this.order({ person: cart.person, email: cart.email, checkout_token: cart.token, what });
      case 'order-directly':
        return here ? this.order({ person: here, email: here.email, checkout_token: null, what }) : undefined;
      case 'order-as-guest':
        if (!person || person.updatedAt) return;
        return this.order({ person: null, email: person.email, checkout_token: null, what });
      case 'refund':
        return order ? this.refund(order) : undefined;
      case 'cancel':
        if (!order || order.cancelled_at) return;
        Object.assign(order, { cancelled_at: this.now, updated_at: this.now });
        return this.send('orders/cancelled', order);
      case 'change-product':
        if (!product || product.gone) return;
        Object.assign(product, { title: `Title ${what}`, stock: what });
        return this.send('products/update', this.product(product));
      case 'delete-product':
        if (!product || product.gone) return;
        product.gone = true;
        return this.send('products/delete', { id: product.id });
      case 'merge': {
        const other = this.people[(who + 1) % this.people.length];
        if (!here || !other?.updatedAt || other.gone) return;
        other.gone = true;
        return this.send('customers/merge', {
          admin_graphql_api_customer_kept_id: `gid://shopify/Customer/${here.id}`,
          admin_graphql_api_customer_deleted_id: `gid://shopify/Customer/${other.id}`,
          status: 'completed',
        });
      }
      case 'delete-customer':
        // Nothing of an address outlives a deleted customer: what a guest left before them can no longer be told apart.
        if (!here || this.orders.some((one) => one.email === here.email) || this.wasGuest(here)) return;
        here.gone = true;
        return this.send('customers/delete', { id: here.id });
    }
  }

  private wasGuest({ email }: Person): boolean {
    return this.carts.some((cart) => cart.person === null && cart.email.toLowerCase() === email);
  }

  private consent(person: Person, state: string): void {
    this.send('customers_email_marketing_consent/update', {
      customer_id: person.id,
      email_address: person.email,
      email_marketing_consent: { state, opt_in_level: 'single_opt_in', consent_updated_at: this.now },
    });
  }

  private leave(person: Person | null, email: string, what: number): void {
    const id = 1000 + this.carts.length;
    const cart = { id, token: `token-${id}`, person, email, lines: 1 + (what % 3), open: true };
    this.carts.push(cart);
    this.send('checkouts/create', this.checkout(cart));
  }

  private checkout(cart: Cart) {
    return {
      id: cart.id,
      token: cart.token,
      email: cart.email,
      currency: 'EUR',
      presentment_currency: 'EUR',
      total_price: `${cart.lines}.00`,
      customer_locale: cart.lines % 2 ? 'fr' : 'en',
      created_at: '2026-11-01T08:00:00Z',
      updated_at: this.now,
      completed_at: null,
      line_items: Array.from({ length: cart.lines }, (_, n) => ({ quantity: 1, title: `Line ${n}`, price: '1.00' })),
      ...(cart.person ? { customer: this.customer(cart.person) } : {}),
    };
  }

  private order({
    person,
    email,
    what,
    ...rest
  }: {
    person: Person | null;
    email: string;
    checkout_token: string | null;
    what: number;
  }) {
    const id = 2000 + this.orders.length;
    const order = {
      ...{ id, name: `#${id}`, email, currency: 'EUR', total_price: `${10 + what}.00`, ...rest },
      ...{ processed_at: this.now, updated_at: this.now, cancelled_at: null, refunds: [] as unknown[] },
      line_items: [{ id: id * 10, title: 'Line', quantity: 1, price: `${10 + what}.00`, product_id: 1 + (what % 3) }],
      ...(person ? { customer: this.customer(person) } : {}),
    };
    this.orders.push(order);
    this.send('orders/create', order);
    this.send('orders/paid', order);
  }

  private refund(order: Record<string, unknown>): void {
    const refunds = order.refunds as unknown[];
    const refund = {
      id: (order.id as number) * 100 + refunds.length,
      order_id: order.id,
      created_at: this.now,
      transactions: [{ kind: 'refund', status: 'success', amount: '4.00', currency: 'EUR' }],
    };
    refunds.push(refund);
    order.updated_at = this.now;
    this.send('refunds/create', refund);
    this.send('orders/updated', order);
  }

  private product({ id, title, stock }: { id: number; title: string; stock: number }) {
    const variants = Array.from({ length: 1 + (stock % 3) }, (_, n) => ({
      ...{ id: id * 100 + n, title: `V${n}`, position: n + 1, price: '5.00', inventory_quantity: stock + 1 },
    }));
    return { id, title, handle: `p${id}`, status: 'active', updated_at: this.now, published_at: this.now, variants };
  }
}
