// What the storefront says about a discount code, in French and English. Used by codes.ts and the pages with a code field.
import type { CodeProblem } from '../shopify/discounts/refusal';
import type { ShopLanguage } from './words';

type Words = Record<CodeProblem['reason'], string> & Record<'field' | 'use' | 'remove' | 'empty' | 'noted', string>;

const en: Words = {
  field: 'Discount code',
  use: 'Apply',
  remove: 'Remove the code {code}',
  empty: 'Please write a code.',
  noted: 'The code {code} will be used in your cart.',
  unknown: '“{code}” is not a valid code.',
  'not-yet': 'The code {code} cannot be used yet.',
  ended: 'The code {code} has ended.',
  'used-up': 'The code {code} has been used already.',
  'used-by-you': 'You have used the code {code} already.',
  'not-for-you': 'The code {code} is not for this account.',
  'not-these-products': 'The code {code} is not for what is in your cart.',
  'minimum-subtotal': 'The code {code} is for {amount} or more.',
  'minimum-quantity': 'The code {code} is for {count} items or more.',
  'not-this-shipping': 'The code {code} is not for this delivery.',
  'not-with-others': 'The code {code} cannot be combined with another.',
};

const fr: Words = {
  field: 'Code de réduction',
  use: 'Appliquer',
  remove: 'Retirer le code {code}',
  empty: 'Merci d’indiquer un code.',
  noted: 'Le code {code} sera utilisé dans votre panier.',
  unknown: '« {code} » n’est pas un code valable.',
  'not-yet': 'Le code {code} n’est pas encore valable.',
  ended: 'Le code {code} n’est plus valable.',
  'used-up': 'Le code {code} a déjà été utilisé.',
  'used-by-you': 'Vous avez déjà utilisé le code {code}.',
  'not-for-you': 'Le code {code} n’est pas pour ce compte.',
  'not-these-products': 'Le code {code} ne vaut pas pour le contenu de votre panier.',
  'minimum-subtotal': 'Le code {code} vaut à partir de {amount}.',
  'minimum-quantity': 'Le code {code} vaut à partir de {count} articles.',
  'not-this-shipping': 'Le code {code} ne vaut pas pour cette livraison.',
  'not-with-others': 'Le code {code} n’est pas cumulable.',
};

export function codeWords(language: ShopLanguage): Words {
  return language === 'fr' ? fr : en;
}
