/** Why the Admin API did not answer a question. Callers decide by `kind`; the message names no shopper and no token. */

export type AdminErrorKind =
  /** No token, or Shopify takes it no more: the app is uninstalled, or its owner must open it again. */
  | 'unauthorized'
  /** Not reached, or it failed on its side: worth trying again. */
  | 'unavailable'
  /** The shop's points are spent: worth trying later. */
  | 'throttled'
  /** Understood and refused: trying again changes nothing. */
  | 'refused';

export class AdminError extends Error {
  readonly kind: AdminErrorKind;

  constructor(kind: AdminErrorKind, message: string) {
    super(message);
    this.name = 'AdminError';
    this.kind = kind;
  }
}

/** Whether this is an AdminError, of this kind if one is given. */
export function isAdminError(error: unknown, ...kinds: AdminErrorKind[]): error is AdminError {
  return error instanceof AdminError && (kinds.length === 0 || kinds.includes(error.kind));
}
