// Signs and checks the id tokens that App Bridge hands to an embedded app (HS256 with the client secret). Used by the admin host and the token exchange.
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';

export interface IdTokenClaims {
  iss: string;
  dest: string;
  aud: string;
  sub: string;
  exp: number;
  nbf: number;
  iat: number;
  jti: string;
  sid: string;
  sig: string;
}

export interface IdTokenRequest {
  apiKey: string;
  apiSecret: string;
  /** `<handle>.myshopify.com` */
  shop: string;
  userId: string;
  sessionId?: string | undefined;
  /** Real seconds; default 60. Negative: already expired. */
  lifetimeSeconds?: number | undefined;
}

/** Valid for 60 real seconds: security times never follow the business clock. */
export function issueIdToken(request: IdTokenRequest): string {
  const now = Math.floor(Date.now() / 1_000);
  const expires = now + (request.lifetimeSeconds ?? 60);
  const claims: IdTokenClaims = {
    iss: `https://${request.shop}/admin`,
    dest: `https://${request.shop}`,
    aud: request.apiKey,
    sub: request.userId,
    exp: expires,
    nbf: Math.min(now, expires - 60),
    iat: Math.min(now, expires - 60),
    jti: randomUUID(),
    sid: request.sessionId ?? randomUUID(),
    sig: randomUUID().replaceAll('-', ''),
  };
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${signed}.${mac(signed, request.apiSecret)}`;
}

/** The claims of a good token for this app and shop; otherwise the reason it is refused. */
export function checkIdToken(
  token: string,
  expected: { apiKey: string; apiSecret: string; shop: string },
): IdTokenClaims | string {
  const [header = '', body = '', signature = ''] = token.split('.');
  if (!sameText(signature, mac(`${header}.${body}`, expected.apiSecret))) return 'the signature does not match';
  const claims = unpart(body);
  if (unpart(header)?.alg !== 'HS256' || !claims) return 'it is not an HS256 JWT';
  const now = Date.now() / 1_000;
  if (claims.exp < now - 5) return 'it has expired';
  if (claims.nbf > now + 5) return 'it is not valid yet';
  if (claims.aud !== expected.apiKey) return 'it is for another app';
  if (claims.dest !== `https://${expected.shop}`) return 'it is for another shop';
  return claims;
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function unpart(text: string): (IdTokenClaims & { alg?: string }) | null {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

function mac(text: string, secret: string): string {
  return createHmac('sha256', secret).update(text).digest('base64url');
}

export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
