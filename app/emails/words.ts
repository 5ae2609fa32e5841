/** The words our own blocks say (quantity, total, unsubscribe, why you get this), per language. Used by the blocks and by fill. */
import type { Ground } from '../domain/consent';
import type { Language } from '../lib/language';

export interface BlockWords {
  quantity: (count: number) => string;
  total: string;
  insteadOf: string;
  lowStock: (count: number) => string;
  unavailable: string;
  moreItems: (count: number) => string;
  codeLabel: string;
  codeEnds: string;
  unsubscribe: string;
  preferences: string;
  logoAlt: (shopName: string) => string;
  reason: Record<Ground, (shopName: string) => string>;
}

const fr: BlockWords = {
  quantity: (count) => `Quantité\u00a0: ${count}`,
  total: 'Total',
  insteadOf: 'au lieu de',
  lowStock: (count) => (count === 1 ? 'Il n’en reste qu’un' : `Il n’en reste que ${count}`),
  unavailable: 'Indisponible pour le moment',
  moreItems: (count) => (count === 1 ? 'et un autre article' : `et ${count} autres articles`),
  codeLabel: 'Votre code',
  codeEnds: 'Valable jusqu’au',
  unsubscribe: 'Se désinscrire',
  preferences: 'Choisir mes e-mails',
  logoAlt: (shopName) => shopName,
  reason: {
    subscribed: (shop) => `Vous recevez cet e-mail parce que vous avez accepté de recevoir les nouvelles de ${shop}.`,
    'earlier-buyer': (shop) =>
      `Vous recevez cet e-mail parce que vous avez déjà acheté chez ${shop} des produits semblables.`,
    'left-address': (shop) =>
      `Vous recevez cet e-mail parce que vous avez laissé votre adresse en préparant une commande chez ${shop}.`,
  },
};

const en: BlockWords = {
  quantity: (count) => `Quantity: ${count}`,
  total: 'Total',
  insteadOf: 'instead of',
  lowStock: (count) => `Only ${count} left`,
  unavailable: 'Not available at the moment',
  moreItems: (count) => (count === 1 ? 'and one more item' : `and ${count} more items`),
  codeLabel: 'Your code',
  codeEnds: 'Valid until',
  unsubscribe: 'Unsubscribe',
  preferences: 'Choose my e-mails',
  logoAlt: (shopName) => shopName,
  reason: {
    subscribed: (shop) => `You get this e-mail because you agreed to receive news from ${shop}.`,
    'earlier-buyer': (shop) => `You get this e-mail because you have bought similar products from ${shop}.`,
    'left-address': (shop) => `You get this e-mail because you left your address while preparing an order at ${shop}.`,
  },
};

export const BLOCK_WORDS: Record<Language, BlockWords> = { fr, en };
