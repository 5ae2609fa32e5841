/** What happens in the story, in order. What should come of it stands beside, in `expected.ts`. */
import type { Mail } from '../../tests/harness/mailbox';
import { switchOn } from '../../tests/harness/store';
import type { World } from '../../tests/harness/world';
import type { Calendar, StoryTime } from './calendar';
import type { Cast } from './cast';

export interface Scene {
  at: StoryTime;
  /** What a person watching would be told. */
  tell: string;
  play(cast: Cast, world: World): Promise<unknown>;
}

/** The newest e-mail a person got. */
async function newest(mails: Promise<Mail[]>): Promise<Mail> {
  const mail = (await mails).at(-1);
  if (!mail) throw new Error('The story goes on from an e-mail that never came.');
  return mail;
}

/** The discount code an e-mail shows. */
export function codeIn(mail: Mail): string {
  const code = /\b[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}\b/.exec(mail.text)?.[0];
  if (!code) throw new Error(`“${mail.subject}” shows no code.`);
  return code;
}

export const SCENES: readonly Scene[] = [
  {
    at: [1, '09:00'],
    tell: 'The merchant installs Relance and switches the five scenarios on',
    async play({ store }, world) {
      await store.install();
      await world.settle();
      await switchOn(store, 'welcome', 'abandoned-checkout', 'birthday', 'win-back', 'vip');
    },
  },
  {
    at: [1, '10:00'],
    tell: 'Camille, Oliver and Sofia subscribe',
    async play({ people: { camille, oliver, sofia } }) {
      for (const person of [camille, oliver, sofia]) await person.subscribe();
    },
  },
  {
    at: [1, '10:25'],
    tell: 'Théo starts a checkout on his phone',
    play: ({ people, shelf }) => people.theo.abandon([shelf.bowl]),
  },
  {
    at: [1, '10:30'],
    tell: 'Nine people leave a checkout, Théo a second one on his laptop; Nadia asked for e-mails in hers',
    async play({ people, shelf }) {
      const { emma, hugo, ines, jack, lea, marc, nadia, gaelle, theo } = people;
      await emma.abandon([shelf.candle, [shelf.bowl, 2]]);
      for (const one of [hugo, jack, lea, marc]) await one.abandon([shelf.candle]);
      await ines.abandon([shelf.teapot, shelf.scarf]);
      await nadia.abandon([shelf.scarf], { acceptsMarketing: true });
      await gaelle.abandon([shelf.bowl]);
      await theo.abandon([shelf.lamp]);
    },
  },
  {
    at: [1, '11:00'],
    tell: 'Hugo and Nadia pay, which makes Nadia a subscriber; Inès takes an item out',
    async play({ store, people: { hugo, ines, nadia }, shelf }) {
      for (const one of [hugo, nadia]) await payOpenCheckout(store, one.id());
      const open = await openCheckoutOf(store, ines.id());
      await store.act('updateCheckout', { id: open, lines: [{ variantId: shelf.teapot.variantId }] });
    },
  },
  {
    at: [1, '12:00'],
    tell: 'Gaëlle, so far only an address in a checkout, subscribes',
    play: ({ people }) => people.gaelle.subscribe(),
  },
  {
    at: [1, '12:10'],
    tell: 'Léa unsubscribes by her mailbox’s button, Jack empties his cart, Inès clicks and orders on another device',
    async play({ store, people: { lea, jack, ines }, shelf }, world) {
      await world.mailbox.unsubscribe(await newest(lea.mails()));
      await store.act('updateCheckout', { id: await openCheckoutOf(store, jack.id()), lines: [] });
      await world.mailbox.click(await newest(ines.mails()), store.url);
      await world.settle();
      await ines.order([shelf.teapot], { email: ines.email.toUpperCase(), anonymous: true });
    },
  },
  {
    at: [1, '22:40'],
    tell: 'Zoé leaves a checkout late in the evening',
    play: ({ people, shelf }) => people.zoe.abandon([shelf.scarf]),
  },
  {
    at: [2, '10:30'],
    tell: 'Sofia, greeted the day before, leaves a checkout',
    play: ({ people, shelf }) => people.sofia.abandon([shelf.candle]),
  },
  {
    at: [2, '14:00'],
    tell: 'Oliver orders, Gaëlle comes back and pays',
    async play({ store, people: { oliver, gaelle }, shelf }) {
      await oliver.order([shelf.lamp]);
      await payOpenCheckout(store, gaelle.id());
    },
  },
  {
    at: [4, '15:00'],
    tell: 'Elsa orders a third lamp',
    play: ({ people, shelf }) => people.elsa.order([shelf.lamp]),
  },
  {
    at: [5, '15:00'],
    tell: 'Denis, missed since Tuesday, orders',
    play: ({ people, shelf }) => people.denis.order([shelf.scarf]),
  },
  {
    at: [6, '15:00'],
    tell: 'Bruno orders with the code from his birthday e-mail',
    async play({ people: { bruno }, shelf }) {
      await bruno.order([shelf.candle], { code: codeIn(await newest(bruno.mails())) });
    },
  },
  {
    at: [9, '10:00'],
    tell: 'Camille withdraws her consent in her account',
    play: ({ people }) => people.camille.withdraw(),
  },
  {
    at: [15, '10:00'],
    tell: 'Léa leaves another checkout, Emma too, and Camille subscribes again',
    async play({ people: { lea, emma, camille }, shelf }) {
      await lea.abandon([shelf.lamp]);
      await emma.abandon([shelf.teapot]);
      await camille.subscribe();
    },
  },
  {
    at: [15, '11:20'],
    tell: 'Emma follows the link in her reminder and pays',
    async play({ store, people: { emma } }, world) {
      await world.mailbox.click(await newest(emma.mails()), store.url);
      await world.settle();
      await payOpenCheckout(store, emma.id());
    },
  },
];

/** When nothing more can happen. */
export const THE_END: StoryTime = [22, '12:00'];

/** Plays the scenes, each at its time; everything due in between happens at its own. */
export async function play(
  cast: Cast,
  world: World,
  { when, note }: { when: Calendar; note: (text: string) => void },
): Promise<void> {
  for (const { at, tell, play: playScene } of SCENES) {
    note(`${at[1]} on day ${at[0]}: ${tell}`);
    await world.advanceTo(when(at));
    await playScene(cast, world);
    await world.settle();
  }
  note('three weeks pass');
  await world.advanceTo(when(THE_END));
}

async function openCheckoutOf(store: Cast['store'], customerId: string): Promise<string> {
  const { checkouts } = await store.look<{ checkouts: { id: string; completedAt: string | null }[] }>(
    `checkouts?customerId=${customerId}`,
  );
  const open = checkouts.find((checkout) => checkout.completedAt === null);
  if (!open) throw new Error('The story goes on from a checkout that is not there.');
  return open.id;
}

async function payOpenCheckout(store: Cast['store'], customerId: string): Promise<void> {
  await store.act('payCheckout', { id: await openCheckoutOf(store, customerId) });
}
