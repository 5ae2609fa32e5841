/** Links that prove themselves: a short payload and its HMAC. The signature never expires, as an unsubscribe link must work for ever: what ends is looked up by its payload. */
import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';

/** What a token is for; one purpose never opens another's door. */
export type TokenPurpose = 'preferences' | 'click' | 'preview';

/** A secret is made ready once; there is one, and a test's. */
const keys = new Map<string, KeyObject>();

function keyOf(secret: string): KeyObject {
  const known = keys.get(secret) ?? createSecretKey(secret, 'utf8');
  if (keys.size > 10) keys.clear();
  keys.set(secret, known);
  return known;
}

function mac(secret: string, purpose: TokenPurpose, payload: string): Buffer {
  return createHmac('sha256', keyOf(secret)).update(`${purpose}.${payload}`).digest().subarray(0, 16);
}

/** `payload.signature`, both URL-safe. @param payload short, without secrets: it can be read by anyone */
export function signToken(secret: string, purpose: TokenPurpose, payload: string): string {
  return `${Buffer.from(payload).toString('base64url')}.${mac(secret, purpose, payload).toString('base64url')}`;
}

/** The payload of a token we signed for this purpose, else null. */
export function readToken(secret: string, purpose: TokenPurpose, token: string): string | null {
  const [encoded, signature, ...rest] = token.split('.');
  if (!encoded || !signature || rest.length > 0) return null;
  const payload = Buffer.from(encoded, 'base64url').toString();
  const given = Buffer.from(signature, 'base64url');
  const expected = mac(secret, purpose, payload);
  return given.length === expected.length && timingSafeEqual(given, expected) ? payload : null;
}
