/** The store of the story, what it sells, and the people in it as they are before Relance arrives. */

import type { Shopper, ShopperInput } from '../../tests/harness/shopper';
import type { Product, Store } from '../../tests/harness/store';
import type { World } from '../../tests/harness/world';
import type { Calendar } from './calendar';

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
  // Both have their birthday in the first week.
  alice: { firstName: 'Alice', locale: 'fr', subscribed: true, birthday: 3 },
  bruno: { firstName: 'Bruno', locale: 'en', subscribed: true, birthday: 4 },
  // Both bought once, fifty-nine days before the story begins.
  chloe: { firstName: 'Chloé', locale: 'fr', subscribed: true },
  denis: { firstName: 'Denis', locale: 'fr', subscribed: true },
  // Buys more than anybody else.
  elsa: { firstName: 'Elsa', locale: 'en', subscribed: true },
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
const BIRTH_YEAR = 1988;

/** Opens the store and gives it a past; Relance is not installed yet. */
export async function openStage(world: World, when: Calendar): Promise<Cast> {
  const store = await world.openStore({ handle: 'atelier-sauge', name: 'Atelier Sauge', locale: 'fr' });
  const shelf: Shelf = {
    candle: await store.stock({ title: 'Bougie Figuier', price: '29.00', picture: 'candle-3' }),
    bowl: await store.stock({ title: 'Bol en grès', price: '24.50', picture: 'bowl-2' }),
    teapot: await store.stock({ title: 'Théière Brume', price: '64.00', stock: 3, picture: 'teapot-5' }),
    scarf: await store.stock({ title: 'Écharpe Lin', price: '79.00', compareAtPrice: '99.00', picture: 'scarf-4' }),
    lamp: await store.stock({ title: 'Lampe Aube', price: '119.00', picture: 'lamp-1' }),
  };
  const ago = (days: number) => new Date(when([1, '12:00']).getTime() - days * DAY_MS).toISOString();
  const bornOn = (day: number) => `${BIRTH_YEAR}${when([day, '12:00']).toISOString().slice(4, 10)}`;
  const people: Partial<Record<Name, Shopper>> = {};
  for (const [name, about] of Object.entries(PEOPLE)) {
    const { subscribed, firstName, locale } = about;
    people[name as Name] = await store.shopper({
      ...inputOf(name as Name, { firstName, locale }),
      ...(subscribed ? { subscribedAt: ago(60) } : {}),
      ...('birthday' in about ? { birthDate: bornOn(about.birthday) } : {}),
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
  const { candle, bowl, scarf, teapot, lamp } = shelf;
  for (const one of [people.chloe, people.denis]) await one.order([bowl], { at: ago(59) });
  await people.odile.order([[candle, 3], bowl], { at: ago(35) });
  await people.zoe.order([[candle, 2], scarf], { at: ago(30) });
  await people.emma.order([bowl, teapot], { at: ago(20) });
  await people.elsa.order([[lamp, 2]], { at: ago(20) });
}
