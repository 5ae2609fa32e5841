/** Who lives through the hour that a restore loses: what each does and when, and how many e-mails they are to get. Minutes count from the copy. */
import { gather, leaveCheckout, type Person, type Store, stopPerson } from '../crowd';
import type { System } from '../system';

const MINUTE_MS = 60_000;

export interface Shopper {
  email: string;
  /** E-mails they are to get, once each, until the scene ends. */
  expected: number;
}

export interface Move {
  minute: number;
  act(): void;
}

export interface Cast {
  shoppers: Shopper[];
  moves: Move[];
}

interface Part {
  system: System;
  store: Store;
  /** How many of each kind. */
  each: number;
  copyAt: number;
}

/** Gathers everybody before the hour begins. */
export async function castLostHour(part: Part): Promise<Cast> {
  const casts = [await planned(part), await stopping(part), carts(part), newcomers(part)];
  return { shoppers: casts.flatMap((cast) => cast.shoppers), moves: casts.flatMap((cast) => cast.moves) };
}

/** Their e-mail is planned in the copy, and falls due in the hour. */
async function planned({ system, store, each, copyAt }: Part): Promise<Cast> {
  const people = await gather(system, store, { count: each * 10, spanMs: 60 * MINUTE_MS, round: 1 });
  await moveDue(system, people, copyAt - system.now());
  return { shoppers: people.map(({ email }) => ({ email, expected: 1 })), moves: [] };
}

/** Their e-mail falls due after the hour; in it every other orders or unsubscribes, and Shopify's word of it is lost. */
async function stopping({ system, store, each, copyAt }: Part): Promise<Cast> {
  const people = await gather(system, store, { count: each * 4, spanMs: 10 * MINUTE_MS, round: 2 });
  await moveDue(system, people, copyAt - system.now() + 75 * MINUTE_MS);
  const leaving = people.filter((_, index) => index % 2 === 0);
  return {
    shoppers: people.map((person) => ({ email: person.email, expected: leaving.includes(person) ? 0 : 1 })),
    moves: leaving.map((person, index) => ({
      minute: 20 + (index % 6) * 5,
      act: () => stopPerson(system, store, person, index % 4 < 2 ? 'order' : 'unsubscribe'),
    })),
  };
}

async function moveDue({ database: { sql } }: System, people: readonly Person[], ms: number): Promise<void> {
  await sql`
    update messages set due_at = due_at + make_interval(secs => ${ms / 1000}), planned_at = planned_at + make_interval(secs => ${ms / 1000})
    where id = any(${people.map(({ messageId }) => messageId)}::uuid[])`;
}

/** Subscribers of long ago, who had their welcome, and then leave a cart: when, what comes after, and whether a reminder does. */
const CARTS = [
  { left: -50, changed: 40, reminded: true },
  { left: -30, reminded: true },
  { left: -20, ordered: 20, reminded: false },
  // Its reminder falls due when the worker is dead already.
  { left: -3, reminded: true },
  { left: 5, reminded: true },
  { left: 5, ordered: 50, reminded: false },
] as const;

function carts({ system, store, each }: Part): Cast {
  const { actions } = system.sandbox.context;
  const cast: Cast = { shoppers: [], moves: [] };
  for (const [kind, cart] of CARTS.entries()) {
    for (let index = 0; index < each; index += 1) {
      const email = `cart-${kind}-${index}@${store.domain.split('.')[0]}.example`;
      const customer = subscribe(system, store, email);
      let checkoutId = '';
      cast.shoppers.push({ email, expected: cart.reminded ? 2 : 1 });
      cast.moves.push({
        minute: cart.left,
        act() {
          checkoutId = leaveCheckout(system, store, email).id;
        },
      });
      if ('changed' in cart)
        cast.moves.push({
          minute: cart.changed,
          act: () => actions.updateCheckout(store.domain, checkoutId, { lines: lines(store, 3) }),
        });
      if ('ordered' in cart)
        cast.moves.push({
          minute: cart.ordered,
          act: () => actions.createOrder(store.domain, { customerId: customer.id, lines: lines(store, 1) }),
        });
    }
  }
  return cast;
}

/** They subscribe in the hour and are welcomed at once; the last of them when the worker is dead already. */
function newcomers({ system, store, each }: Part): Cast {
  const cast: Cast = { shoppers: [], moves: [] };
  for (const minute of [15, 35, 57]) {
    for (let index = 0; index < each; index += 1) {
      const email = `new-${minute}-${index}@${store.domain.split('.')[0]}.example`;
      cast.shoppers.push({ email, expected: 1 });
      cast.moves.push({ minute, act: () => subscribe(system, store, email) });
    }
  }
  return cast;
}

function subscribe({ sandbox }: System, store: Store, email: string) {
  const consent = { state: 'SUBSCRIBED', optInLevel: 'SINGLE_OPT_IN' } as const;
  return sandbox.context.actions.createCustomer(store.domain, { email, firstName: 'Ida', consent });
}

const lines = ({ variantId }: Store, quantity: number) => [{ variantId, quantity }];
