/** The text of a discount code a person can read, type and say: no letter or digit that looks like another. */
import { randomInt } from 'node:crypto';

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LENGTH = 8;

/** Eight unguessable signs in two groups, e.g. `7KQP-M2XD`: 32^8 of them, so a shop's codes do not meet. */
export function newCodeText(): string {
  const signs = Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return `${signs.slice(0, LENGTH / 2)}-${signs.slice(LENGTH / 2)}`;
}

/** What every text above looks like, as Postgres and JavaScript both read it. */
export const MADE_CODE = '^[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}$';
