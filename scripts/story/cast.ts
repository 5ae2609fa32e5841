/** The store of the story, what it sells, and the people in it as they are before Relance arrives. */

import type { Shopper, ShopperInput } from '../../tests/harness/shopper';
import type { Product, Store } from '../../tests/harness/store';
import type { World } from '../../tests/harness/world';

export interface Shelf {
  candle: Product;
  bowl: Product;
  teapot: Product;
  scarf: Product;
  lamp: Product;
}

const PEOPLE = {
  // Subscribed long ago; the import brings them, and nobody greets them.
  emma: { firstName: 'Emma', locale: 'en', subscribed: true },
  hugo: { firstName: 'Hugo', locale: 'fr', subscribed: true },
  ines: { firstName: 'Inès', locale: 'fr', subscribed: true },
  jack: { firstName: 'Jack', locale: 'en', subscribed: true },
  lea: { firstName: 'Léa', locale: 'fr', subscribed: true },
  odile: { firstName: 'Odile', locale: 'fr', subscribed: true },
  theo: { firstName: 'Théo', locale: 'fr', subscribed: true },
  zoe: { firstName: 'Zoé', locale: 'fr', subscribed: true },
  // A customer who never asked for e-mails.
  marc: { firstName: 'Marc', locale: 'fr', subscribed: false },
} as const;

/** People the store does not know yet. */
const STRANGERS = {
  camille: { firstName: 'Camille', locale: 'fr' },
  oliver: { firstName: 'Oliver', locale: 'en' },
  sofia: { firstName: 'Sofia', locale: 'en' },
  nadia: { firstName: 'Nadia', locale: 'fr' },
  gaelle: { firstName: 'Gaëlle', locale: 'fr' },
} as const;

export type Name = keyof typeof PEOPLE | keyof typeof STRANGERS;

export interface Cast {
  store: Store;
  shelf: Shelf;
  people: Record<Name, Shopper>;
}

/** The address a person of the story is known by. */
export function addressOf(name: Name): string {
  return `${name}@example.com`;
}

const DAY_MS = 86_400_000;

/** Opens the store and gives it a past; Relance is not installed yet. */
export async function openStage(world: World): Promise<Cast> {
  const store = await world.openStore({ handle: 'atelier-sauge', name: 'Atelier Sauge', locale: 'fr' });
  const shelf: Shelf = {
    candle: await store.stock({ title: 'Bougie Figuier', price: '29.00', picture: 'candle-3' }),
    bowl: await store.stock({ title: 'Bol en grès', price: '24.50', picture: 'bowl-2' }),
    teapot: await store.stock({ title: 'Théière Brume', price: '64.00', stock: 3, picture: 'teapot-5' }),
    scarf: await store.stock({ title: 'Écharpe Lin', price: '79.00', compareAtPrice: '99.00', picture: 'scarf-4' }),
    lamp: await store.stock({ title: 'Lampe Aube', price: '119.00', picture: 'lamp-1' }),
  };
  const ago = (days: number) => new Date(world.now().getTime() - days * DAY_MS).toISOString();
  const people: Partial<Record<Name, Shopper>> = {};
  for (const [name, { subscribed, ...about }] of Object.entries(PEOPLE)) {
    people[name as Name] = await store.shopper({
      ...inputOf(name as Name, about),
      ...(subscribed ? { subscribedAt: ago(60) } : {}),
    });
  }
  for (const [name, about] of Object.entries(STRANGERS))
    people[name as Name] = store.stranger(inputOf(name as Name, about));
  const cast = { store, shelf, people: people as Record<Name, Shopper> };
  await sellEarlier(cast, ago);
  return cast;
}

const inputOf = (name: Name, about: { firstName: string; locale: string }): ShopperInput => ({
  email: addressOf(name),
  ...about,
});

/** Orders of the past weeks, so that the store has best-sellers to show. */
async function sellEarlier({ people, shelf }: Cast, ago: (days: number) => string): Promise<void> {
  const { candle, bowl, scarf, teapot } = shelf;
  await people.odile.order([[candle, 3], bowl], { at: ago(40) });
  await people.zoe.order([[candle, 2], scarf], { at: ago(30) });
  await people.emma.order([bowl, teapot], { at: ago(20) });
}
