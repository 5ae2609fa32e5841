// What every action needs: the shops, the clock, the webhook door; and the few steps they share.
import type { SandboxClock } from '../../clock';
import type { AddressRecord } from '../records';
import type { ShopifyState, ShopState } from '../state';

/** Queues a webhook if the app is installed and subscribed; the payload is built only then. */
export type Emit = (shop: ShopState, topic: string, payload: () => unknown) => void;

export interface ActionParts {
  state: ShopifyState;
  clock: SandboxClock;
  emit: Emit;
  /** The scopes the app asks for when it is installed. */
  wantedScopes?: (() => string[]) | undefined;
}

/** Options of every verb: `at` writes history (ISO or Date), `quiet` keeps webhooks back. */
export interface When {
  at?: string | Date | undefined;
  quiet?: boolean | undefined;
}

/** The moment the verb happens, in milliseconds. */
export function momentOf(parts: ActionParts, when?: When): number {
  return when?.at === undefined ? parts.clock.now() : new Date(when.at).getTime();
}

/** Seconds only, as Shopify's own timestamps. */
export function stamp(parts: ActionParts, when?: When): string {
  return `${new Date(momentOf(parts, when)).toISOString().slice(0, 19)}Z`;
}

/** `emit` unless the verb was asked to be quiet. */
export function tell(
  parts: ActionParts,
  when: When | undefined,
  shop: ShopState,
): (topic: string, payload: () => unknown) => void {
  return (topic, payload) => {
    if (!when?.quiet) parts.emit(shop, topic, payload);
  };
}

export interface AddressInput {
  firstName?: string | null | undefined;
  lastName?: string | null | undefined;
  company?: string | null | undefined;
  address1?: string | null | undefined;
  address2?: string | null | undefined;
  city?: string | null | undefined;
  province?: string | null | undefined;
  provinceCode?: string | null | undefined;
  countryCode?: string | undefined;
  zip?: string | null | undefined;
  phone?: string | null | undefined;
}

export function makeAddress(parts: ActionParts, input: AddressInput, fallbackCountry: string): AddressRecord {
  return {
    id: parts.state.nextId('address'),
    firstName: input.firstName ?? null,
    lastName: input.lastName ?? null,
    company: input.company ?? null,
    address1: input.address1 ?? null,
    address2: input.address2 ?? null,
    city: input.city ?? null,
    province: input.province ?? null,
    provinceCode: input.provinceCode ?? null,
    countryCode: input.countryCode ?? fallbackCountry,
    zip: input.zip ?? null,
    phone: input.phone ?? null,
  };
}

export function definedOnly<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as Partial<T>;
}
