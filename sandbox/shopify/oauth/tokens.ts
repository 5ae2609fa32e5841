// Access tokens of an installation: issued, refreshed, looked up. Only hashes are kept, and all lifetimes are real time. Used by the OAuth door and GraphQL.
import { createHash, randomBytes } from 'node:crypto';
import type { AccessTokenRecord, InstallationRecord } from '../records';
import type { ShopState } from '../state';

export const accessLifetimeSeconds = 3_600;
export const refreshLifetimeSeconds = 90 * 24 * 3_600;
const onlineLifetimeSeconds = 24 * 3_600;

export interface IssuedTokens {
  accessToken: string;
  expiresIn: number | null;
  refreshToken: string | null;
  refreshExpiresIn: number | null;
  scopes: string[];
}

export interface IssueRequest {
  kind: 'offline' | 'online';
  isExpiring: boolean;
  userId?: string | null | undefined;
  /** Hash of the refresh token that was used for this one. */
  replaces?: string | null | undefined;
}

export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

export function issueTokens(shop: ShopState, installation: InstallationRecord, request: IssueRequest): IssuedTokens {
  const isOnline = request.kind === 'online';
  const accessToken = `${isOnline ? 'shpua' : 'shpat'}_${randomBytes(16).toString('hex')}`;
  const refreshToken = !isOnline && request.isExpiring ? `shprt_${randomBytes(16).toString('hex')}` : null;
  const expiresIn = isOnline ? onlineLifetimeSeconds : request.isExpiring ? accessLifetimeSeconds : null;
  const refreshExpiresIn = refreshToken === null ? null : refreshLifetimeSeconds;
  dropDead(installation);
  installation.tokens.push({
    hash: hashOf(accessToken),
    kind: request.kind,
    scopes: [...installation.scopes],
    userId: request.userId ?? null,
    expiresAt: inSeconds(expiresIn),
    refreshHash: refreshToken === null ? null : hashOf(refreshToken),
    refreshExpiresAt: inSeconds(refreshExpiresIn),
    replaces: request.replaces ?? null,
  });
  shop.touch();
  return { accessToken, expiresIn, refreshToken, refreshExpiresIn, scopes: [...installation.scopes] };
}

/** The live token behind a request, or null. Using a token ends the refresh token it was got with. */
export function findToken(shop: ShopState, accessToken: string): AccessTokenRecord | null {
  const hash = hashOf(accessToken);
  const token = shop.installation?.tokens.find((one) => one.hash === hash);
  if (!token || (token.expiresAt !== null && token.expiresAt <= Date.now())) return null;
  endReplaced(shop, token);
  return token;
}

/** Rotates: the old refresh token stays good until the new tokens are used once, so an answer lost on the way locks nobody out. */
export function refreshTokens(shop: ShopState, refreshToken: string): IssuedTokens | null {
  const hash = hashOf(refreshToken);
  const installation = shop.installation;
  const token = installation?.tokens.find((one) => one.refreshHash === hash);
  if (!installation || !token || (token.refreshExpiresAt ?? 0) <= Date.now()) return null;
  endReplaced(shop, token);
  installation.tokens = installation.tokens.filter((one) => one.replaces !== hash);
  return issueTokens(shop, installation, { kind: 'offline', isExpiring: true, replaces: hash });
}

function endReplaced(shop: ShopState, token: AccessTokenRecord): void {
  if (token.replaces === null) return;
  const old = shop.installation?.tokens.find((one) => one.refreshHash === token.replaces);
  if (old) {
    old.refreshHash = null;
    old.refreshExpiresAt = null;
  }
  token.replaces = null;
  shop.touch();
}

function dropDead(installation: InstallationRecord): void {
  const now = Date.now();
  const isAlive = (at: number | null) => at === null || at > now;
  installation.tokens = installation.tokens.filter(
    (token) => isAlive(token.expiresAt) || (token.refreshExpiresAt !== null && token.refreshExpiresAt > now),
  );
}

function inSeconds(seconds: number | null): number | null {
  return seconds === null ? null : Date.now() + seconds * 1_000;
}
