// POST /admin/oauth/access_token: token exchange, refresh and the change to expiring tokens, as an embedded app with managed install uses them.
import type { Request, Response } from 'express';
import type { SandboxContext } from '../../http/context';
import { type App, formBody, jsonBody, route } from '../../http/router';
import { checkIdToken, sameText } from '../id-token';
import { shopOfRequest } from '../shop-of-request';
import type { ShopState } from '../state';
import { findToken, type IssuedTokens, issueTokens, refreshTokens } from './tokens';

const exchangeGrant = 'urn:ietf:params:oauth:grant-type:token-exchange';
const idTokenType = 'urn:ietf:params:oauth:token-type:id_token';
const offlineType = 'urn:shopify:params:oauth:token-type:offline-access-token';
const onlineType = 'urn:shopify:params:oauth:token-type:online-access-token';

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

export function registerOauth(app: App, ctx: SandboxContext): void {
  app.post(
    '/admin/oauth/access_token',
    jsonBody,
    formBody,
    route((req: Request, res: Response) => {
      const { status, body } = answer(ctx, req);
      res.status(status).json(body);
    }),
  );
}

function answer(ctx: SandboxContext, req: Request): Answer {
  const shop = shopOfRequest(ctx.state, req);
  if (!shop) return refuse(404, 'not_found', 'There is no such shop.');
  const body = (req.body ?? {}) as Record<string, unknown>;
  const field = (name: string): string => (typeof body[name] === 'string' ? body[name] : '');
  if (!sameText(field('client_id'), ctx.options.apiKey)) {
    return refuse(400, 'application_cannot_be_found', 'Could not find the application for this client_id.');
  }
  if (!sameText(field('client_secret'), ctx.options.apiSecret)) {
    return refuse(400, 'invalid_client', 'The client secret is wrong.');
  }
  if (field('grant_type') === 'refresh_token') return refresh(ctx, shop, field('refresh_token'));
  if (field('grant_type') === exchangeGrant) return exchange(ctx, shop, field);
  return refuse(400, 'unsupported_grant_type', 'Only token exchange and refresh_token are supported.');
}

function refresh({ faults }: SandboxContext, shop: ShopState, token: string): Answer {
  if (faults.refusedRefreshes > 0) {
    faults.refusedRefreshes -= 1;
    faults.met.refusedRefreshes += 1;
    return refuse(400, 'invalid_grant', 'The refresh token is invalid or has expired.');
  }
  const issued = refreshTokens(shop, token);
  return issued ? granted(issued) : refuse(400, 'invalid_grant', 'The refresh token is invalid or has expired.');
}

function exchange(ctx: SandboxContext, shop: ShopState, field: (name: string) => string): Answer {
  const installation = shop.installation;
  if (!installation) return refuse(400, 'invalid_subject_token', 'The app is not installed in this shop.');
  const kind = { [offlineType]: 'offline' as const, [onlineType]: 'online' as const }[field('requested_token_type')];
  if (!kind) return refuse(400, 'invalid_request', 'requested_token_type is unknown.');
  const isExpiring = field('expiring') === '1';
  const subject = field('subject_token');
  if (field('subject_token_type') === offlineType) return toExpiring(shop, subject, isExpiring);
  if (field('subject_token_type') !== idTokenType)
    return refuse(400, 'invalid_request', 'subject_token_type is unknown.');
  const { apiKey, apiSecret } = ctx.options;
  const claims = checkIdToken(subject, { apiKey, apiSecret, shop: shop.domain });
  if (typeof claims === 'string') return refuse(400, 'invalid_subject_token', `The id token was refused: ${claims}.`);
  const issued = issueTokens(shop, installation, { kind, isExpiring, userId: kind === 'online' ? claims.sub : null });
  return granted(issued, kind === 'online' ? onlineUser(shop, claims.sub, issued) : {});
}

function toExpiring(shop: ShopState, oldToken: string, isExpiring: boolean): Answer {
  const installation = shop.installation;
  const old = findToken(shop, oldToken);
  if (!installation || old?.kind !== 'offline' || old.expiresAt !== null || !isExpiring) {
    return refuse(
      400,
      'invalid_subject_token',
      'Only a non-expiring offline token can be changed into an expiring one.',
    );
  }
  installation.tokens = installation.tokens.filter((token) => token !== old);
  return granted(issueTokens(shop, installation, { kind: 'offline', isExpiring: true }));
}

function granted(issued: IssuedTokens, extra: Record<string, unknown> = {}): Answer {
  return {
    status: 200,
    body: {
      access_token: issued.accessToken,
      scope: issued.scopes.join(','),
      ...(issued.expiresIn === null ? {} : { expires_in: issued.expiresIn }),
      ...(issued.refreshToken === null
        ? {}
        : { refresh_token: issued.refreshToken, refresh_token_expires_in: issued.refreshExpiresIn }),
      ...extra,
    },
  };
}

function onlineUser(shop: ShopState, userId: string, issued: IssuedTokens): Record<string, unknown> {
  const [firstName = '', ...rest] = shop.record.ownerName.split(' ');
  return {
    associated_user_scope: issued.scopes.join(','),
    associated_user: {
      id: Number(userId),
      first_name: firstName,
      last_name: rest.join(' '),
      email: shop.record.email,
      email_verified: true,
      account_owner: true,
      locale: shop.record.locale,
      collaborator: false,
    },
  };
}

function refuse(status: number, error: string, description: string): Answer {
  return { status, body: { error, error_description: description } };
}
