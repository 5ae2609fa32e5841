/** What a scenario gives and whom it concerns as their forms hold them, all text, and the way there and back. Used by the scenario's draft. */
import type { Audience, LapseRule, VipRule } from '../domain/audience';
import type { Offer, OfferItems } from '../domain/offer';
import type { Language } from '../lib/language';

export type OfferKind = 'none' | Offer['kind'];

/** Every field of every kind, so that looking at another kind loses nothing. */
export interface OfferInput {
  kind: OfferKind;
  percent: string;
  amount: string;
  items: OfferItems;
  /** Empty for none. */
  minimum: string;
  validDays: string;
  code: string;
  description: Record<Language, string>;
  /** `YYYY-MM-DD`; empty for no end. */
  endsOn: string;
}

const EMPTY: OfferInput = {
  kind: 'none',
  percent: '10',
  amount: '',
  items: { on: 'all' },
  minimum: '',
  validDays: '14',
  code: '',
  description: { fr: '', en: '' },
  endsOn: '',
};

export function offerInput(offer: Offer | null): OfferInput {
  switch (offer?.kind) {
    case undefined:
      return EMPTY;
    case 'percentage':
      return { ...EMPTY, ...limitInputs(offer), kind: offer.kind, percent: String(offer.percent), items: offer.items };
    case 'amount':
      return { ...EMPTY, ...limitInputs(offer), kind: offer.kind, amount: offer.amount, items: offer.items };
    case 'free-shipping':
      return { ...EMPTY, ...limitInputs(offer), kind: offer.kind };
    case 'fixed-code':
      return { ...EMPTY, ...offer, endsOn: offer.endsOn ?? '' };
  }
}

const limitInputs = ({ minimum, validDays }: { minimum: string | null; validDays: number }) => ({
  minimum: minimum ?? '',
  validDays: String(validDays),
});

/** The offer as it travels to the server; wrong fields travel as they are and are refused there. */
export function offerOf(input: OfferInput): unknown {
  const { kind, items } = input;
  const limits = { minimum: decimal(input.minimum) || null, validDays: numberOf(input.validDays) };
  switch (kind) {
    case 'none':
      return null;
    case 'percentage':
      return { kind, percent: numberOf(input.percent), items, ...limits };
    case 'amount':
      return { kind, amount: decimal(input.amount), items, ...limits };
    case 'free-shipping':
      return { kind, ...limits };
    case 'fixed-code':
      return {
        kind,
        code: input.code.trim(),
        description: { fr: input.description.fr.trim(), en: input.description.en.trim() },
        endsOn: input.endsOn || null,
      };
  }
}

/** The offer to tell about while it is edited; undefined while a field it needs is no number. */
export function offerToShow(input: OfferInput): Offer | null | undefined {
  const { kind, items } = input;
  const validDays = numberOf(input.validDays);
  const percent = numberOf(input.percent);
  const amount = decimal(input.amount);
  const minimum = decimal(input.minimum) || null;
  if (kind === 'none') return null;
  if (kind === 'fixed-code') {
    const { code, description, endsOn } = input;
    return code && description.fr && description.en ? { kind, code, description, endsOn: endsOn || null } : undefined;
  }
  if (typeof validDays === 'string' || (minimum !== null && !isAmount(minimum))) return undefined;
  if (kind === 'free-shipping') return { kind, minimum, validDays };
  if (kind === 'amount') return isAmount(amount) ? { kind, amount, items, minimum, validDays } : undefined;
  return typeof percent === 'number' ? { kind, percent, items, minimum, validDays } : undefined;
}

const isAmount = (text: string) => /^\d+(\.\d+)?$/.test(text);

export interface LapseInput {
  by: LapseRule['by'];
  days: string;
}

export interface VipInput {
  by: VipRule['by'];
  percent: string;
  amount: string;
  count: string;
}

export type AudienceInput = LapseInput | VipInput;

export function isLapseInput(input: AudienceInput): input is LapseInput {
  return 'days' in input;
}

export function audienceInput(audience: Audience): AudienceInput {
  const vip = { percent: '5', amount: '', count: '3' };
  switch (audience.by) {
    case 'usual-gap':
      return { by: audience.by, days: '60' };
    case 'days':
      return { by: audience.by, days: String(audience.days) };
    case 'share':
      return { ...vip, by: audience.by, percent: String(audience.percent) };
    case 'spend':
      return { ...vip, by: audience.by, amount: audience.amount };
    case 'orders':
      return { ...vip, by: audience.by, count: String(audience.count) };
  }
}

/** The rule as it travels to the server; a wrong field travels as it is and is refused there. */
export function audienceOf(input: AudienceInput): unknown {
  switch (input.by) {
    case 'usual-gap':
      return { by: input.by };
    case 'days':
      return { by: input.by, days: numberOf(input.days) };
    case 'share':
      return { by: input.by, percent: numberOf(input.percent) };
    case 'spend':
      return { by: input.by, amount: decimal(input.amount) };
    case 'orders':
      return { by: input.by, count: numberOf(input.count) };
  }
}

/** @returns the text itself where it is no whole number */
function numberOf(text: string): number | string {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text.trim()) : text;
}

/** An amount as a French keyboard writes it has a comma. */
function decimal(text: string): string {
  return text.trim().replace(',', '.');
}
