// Checkouts of the last days that nobody finished: most by people the shop knows, some by newcomers, a few without an address.
import type { Person } from './customers';
import type { Filling } from './fill';
import { fillBasket } from './orders';
import type { ShelfItem } from './products';

const MINUTE = 60_000;
const DAYS = 6;

/** Leaves `count` checkouts open; the youngest twenty minutes ago, the oldest some six days. */
export function leaveCheckouts(
  filling: Filling,
  shelf: readonly ShelfItem[],
  people: readonly Person[],
  count: number,
): void {
  const { actions, random, shop, now } = filling;
  const known = people.filter((person) => person.customer.email !== null && now - person.since > 12 * 3_600_000);
  for (let i = 0; i < count; i++) {
    const age = 20 * MINUTE + ((i + random.next()) / count) ** 1.6 * DAYS * 24 * 60 * MINUTE;
    const when = { at: new Date(now - age), quiet: true };
    const lines = fillBasket(filling, shelf, undefined, now - age);
    const person = i % 9 === 8 || known.length === 0 ? undefined : random.pick(known);
    const currency = person?.address.countryCode === 'GB' ? { presentmentCurrency: 'GBP', presentmentRate: 0.86 } : {};
    const checkout = actions.startCheckout(
      shop,
      {
        lines,
        email: person?.customer.email ?? null,
        customerId: person?.customer.id,
        locale: person?.customer.locale,
        buyerAcceptsMarketing: person?.customer.consent.state === 'SUBSCRIBED',
        shippingAddress: person && random.chance(0.6) ? person.address : undefined,
        shippingPrice: person ? 4.9 : 0,
        landingSite: random.chance(0.5) ? '/?utm_source=instagram&utm_medium=social' : '/',
        ...currency,
      },
      when,
    );
    // Some came back once to change the quantity.
    if (random.chance(0.2)) {
      const again = lines.map((line, n) => (n === 0 ? { ...line, quantity: (line.quantity ?? 1) + 1 } : line));
      actions.updateCheckout(
        shop,
        checkout.id,
        { lines: again },
        { at: new Date(now - age + 9 * MINUTE), quiet: true },
      );
    }
  }
}
