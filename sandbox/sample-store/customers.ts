// Invents the people of the sample store: who they are, when they came, what they agreed to.
import type { AddressInput, ConsentInput, CustomerInput } from '../shopify/actions';
import { handleFor } from '../shopify/actions/products';
import type { CustomerRecord } from '../shopify/records';
import type { Filling } from './fill';
import { LANDS, MAIL_HOSTS, TONGUES, type Tongue } from './people';
import type { Random } from './random';
import { seasonWeight } from './season';

const DAY = 86_400_000;

export interface Person {
  customer: CustomerRecord;
  address: AddressInput;
  /** Milliseconds: when they first came. */
  since: number;
  /** How they buy: never, once, sometimes, often. */
  habit: 'none' | 'once' | 'sometimes' | 'often';
}

/** Newcomers at the start compared with the end of the past: the shop grows. */
const EARLY_SHARE = 0.12;

/** Moments between `from` and `to`, more of them late (the shop grows) and in season; in order. */
export function arrivals(random: Random, count: number, from: number, to: number): number[] {
  const moments: number[] = [];
  while (moments.length < count) {
    const grown = Math.sqrt(EARLY_SHARE + (1 - EARLY_SHARE) * random.next()) - Math.sqrt(EARLY_SHARE);
    const moment = from + (grown / (1 - Math.sqrt(EARLY_SHARE))) * (to - from);
    if (random.chance(seasonWeight(moment) / 2)) moments.push(Math.round(moment));
  }
  return moments.sort((a, b) => a - b);
}

export function inventName(random: Random, tongue: Tongue): { firstName: string | null; lastName: string | null } {
  const firstName = random.pick(tongue.first);
  const lastName = random.pick(tongue.last);
  const kind = random.next();
  if (kind < 0.03) return { firstName: null, lastName: null };
  if (kind < 0.05) return { firstName: null, lastName };
  if (kind < 0.06) return { firstName: firstName.toUpperCase(), lastName: lastName.toUpperCase() };
  if (kind < 0.07) return { firstName: firstName.toLowerCase(), lastName };
  return { firstName, lastName };
}

export function inventAddress(
  random: Random,
  tongue: Tongue,
  names: { firstName: string | null; lastName: string | null },
): AddressInput {
  const land = LANDS[random.weighted(tongue.lands)];
  if (!land) return names;
  const [city, zip] = random.pick(land.towns);
  const street = random.pick(land.streets);
  const number = random.between(1, 140);
  return {
    ...names,
    address1: land.numberFirst ? `${number} ${street}` : `${street} ${number}`,
    address2: random.chance(0.15) ? `${random.pick(['Bât.', 'Apt', 'Étage'])} ${random.between(1, 12)}` : null,
    city,
    zip,
    countryCode: land.country,
    phone: random.chance(0.4) ? `${land.phone}${random.between(10_000_000, 99_999_999)}` : null,
  };
}

/** In the proportions of a real shop: half subscribed, a third never asked, the rest withdrew or did not confirm. */
export function inventConsent(random: Random, since: number, now: number): ConsentInput | undefined {
  const level = random.chance(0.3) ? ('CONFIRMED_OPT_IN' as const) : ('SINGLE_OPT_IN' as const);
  const later = (least: number, most: number) => {
    const moment = Math.min(now - 3_600_000, since + least * DAY + random.next() * (most - least) * DAY);
    return new Date(Math.max(since, moment)).toISOString();
  };
  const state = random.weighted([
    ['SUBSCRIBED', 53],
    ['NOT_SUBSCRIBED', 30],
    ['UNSUBSCRIBED', 12],
    ['PENDING', 5],
  ] as const);
  if (state === 'NOT_SUBSCRIBED') return undefined;
  if (state === 'PENDING') return { state, optInLevel: 'CONFIRMED_OPT_IN', updatedAt: later(0, 2) };
  if (state === 'UNSUBSCRIBED') return { state, optInLevel: level, updatedAt: later(5, 300) };
  return { state, optInLevel: level, updatedAt: random.chance(0.7) ? new Date(since).toISOString() : later(0, 90) };
}

/** A third have told their birth date. */
export function inventBirthDate(random: Random, now: number): Pick<CustomerInput, 'metafields'> {
  if (!random.chance(1 / 3)) return {};
  return { metafields: [{ namespace: 'facts', key: 'birth_date', type: 'date', value: birthDate(random, now) }] };
}

function birthDate(random: Random, now: number): string {
  const year = new Date(now).getUTCFullYear() - Math.round(Math.min(82, Math.max(18, 41 + random.bell() * 14)));
  if (random.chance(0.01)) return `${year - (year % 4)}-02-29`;
  return new Date(Date.UTC(year, 0, random.between(1, 365))).toISOString().slice(0, 10);
}

export function mailFor(
  random: Random,
  taken: Set<string>,
  names: { firstName: string | null; lastName: string | null },
): string {
  const first = handleFor(names.firstName ?? random.pick(['bonjour', 'contact', 'maison', 'hello'])).replace(/-/g, '');
  const last = handleFor(names.lastName ?? String(random.between(1960, 2004))).replace(/-/g, '');
  const local = random.pick([
    `${first}.${last}`,
    `${first}${last}`,
    `${first.slice(0, 1)}.${last}`,
    `${first}.${last}${random.between(1, 99)}`,
  ]);
  const host = random.weighted(MAIL_HOSTS);
  for (let n = 0; ; n++) {
    const mail = `${local}${n === 0 ? '' : n}@${host}`;
    if (!taken.has(mail)) {
      taken.add(mail);
      return mail;
    }
  }
}

const HABITS = [
  ['none', 33],
  ['once', 38],
  ['sometimes', 20],
  ['often', 9],
] as const;

function inventPerson(filling: Filling, taken: Set<string>, since: number): Person {
  const { random, now } = filling;
  const tongue = random.weighted(TONGUES);
  const names = inventName(random, tongue);
  const address = inventAddress(random, tongue, names);
  const habit = random.weighted(HABITS);
  const withoutMail = random.chance(0.01);
  const consent = inventConsent(random, since, now);
  const tag = random.next();
  const about: CustomerInput = {
    ...names,
    email: withoutMail ? null : mailFor(random, taken, names),
    phone: withoutMail ? `+336${random.between(10_000_000, 99_999_999)}` : null,
    locale: tongue.locale,
    tags: tag < 0.006 ? ['equipe'] : tag < 0.016 ? ['professionnel'] : tag < 0.05 ? ['boutique-paris'] : [],
    state: random.chance(0.3) ? 'ENABLED' : 'DISABLED',
    ...(habit === 'none' ? {} : { address }),
    ...inventBirthDate(random, now),
  };
  const customer = registerCustomer(filling, { ...about, consent: withoutMail ? undefined : consent }, since);
  return { customer, address, since, habit };
}

/** Somebody who came at `since` and may have consented, or withdrawn, later. */
export function registerCustomer(
  { actions, shop }: Filling,
  about: CustomerInput & { consent: ConsentInput | undefined },
  since: number,
): CustomerRecord {
  const customer = actions.createCustomer(shop, about, { at: new Date(since), quiet: true });
  const consentAt = about.consent?.updatedAt;
  if (consentAt && consentAt > customer.updatedAt) customer.updatedAt = `${consentAt.slice(0, 19)}Z`;
  return customer;
}

/** Invents `count` people, the earliest first. */
export function inventPeople(filling: Filling, count: number): Person[] {
  const taken = new Set<string>();
  const since = arrivals(filling.random, count, filling.from, filling.now - 2 * 3_600_000);
  return since.map((moment) => inventPerson(filling, taken, moment));
}
