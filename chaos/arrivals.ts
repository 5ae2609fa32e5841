/** People whose e-mails begin with a webhook to the web process: new subscribers, and shoppers who leave a checkout behind. */
import { acquaint, type Person, type Store, sentBy, TELLING } from './crowd';
import type { System } from './system';

/** A checkout counts as left an hour after its last change; these were left almost as long ago when Shopify tells of them. */
const HOUR_MS = 3_600_000;
const LEFT_MS = 2000;

/** Somebody subscribes: a customer and a consent webhook, and a welcome at once. */
export function subscribe(system: System, store: Store, email: string): Person {
  let customerId = '';
  const deliveries = sentBy(system, () => {
    const consent = { state: 'SUBSCRIBED', optInLevel: 'SINGLE_OPT_IN' } as const;
    customerId = system.sandbox.context.actions.createCustomer(store.domain, { email, firstName: 'Zoé', consent }).id;
  });
  const told = deliveries.filter(({ topic }) => topic.startsWith('customers'));
  return {
    ...{ customerId, email, messageId: '', dueAt: system.now(), urgency: 'asked-for', isTwofold: false },
    ...{ stop: null, poisoned: false, arrival: { step: 'hello', deliveries: told } },
  };
}

export interface Leaver {
  customerId: string;
  email: string;
}

/** Shoppers known for long, who are about to leave a checkout. */
export async function makeLeavers(system: System, store: Store, emails: readonly string[]): Promise<Leaver[]> {
  const known = await acquaint(system, store, emails);
  return known.map(({ id: customerId, email }) => ({ customerId, email }));
}

/** @returns who is to be reminded, and how they pay after all */
export function abandonCheckout(system: System, store: Store, { customerId, email }: Leaver) {
  const { actions } = system.sandbox.context;
  const leftAt = new Date(system.now() - HOUR_MS + LEFT_MS);
  let checkout = { id: '', updatedAt: '' };
  const deliveries = sentBy(system, () => {
    const lines = [{ variantId: store.variantId, quantity: 1 }];
    checkout = actions.startCheckout(store.domain, { customerId, email, lines }, { at: leftAt });
  });
  const person: Person = {
    ...{ customerId, email, messageId: '', dueAt: Date.parse(checkout.updatedAt) + HOUR_MS, urgency: 'first-reminder' },
    ...{ stop: null, poisoned: false, isTwofold: false, arrival: { step: 'first-reminder', deliveries } },
  };
  const pay = () => {
    const at = system.now();
    const paid = sentBy(system, () => actions.payCheckout(store.domain, checkout.id));
    person.stop = { kind: 'order', at, deliveries: paid.filter(({ topic }) => TELLING.has(topic)) };
  };
  return { person, pay };
}
