// What a merchant's browser does with the app: install it, open it, call it with id tokens. Lets stories work without a browser.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { encodeHost, launchUrl } from '../admin/launch-url';
import { bodyOf } from '../http/body';
import type { SandboxContext } from '../http/context';
import { type App, route } from '../http/router';
import { issueIdToken } from '../shopify/id-token';
import type { ShopState } from '../shopify/state';

/** The app turns bots away: this is a browser as far as it can tell. */
const userAgent =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const merchantId = '90254163501';

const installBody = z.strictObject({ scopes: z.array(z.string()).optional(), path: z.string().optional() });
const tokenBody = z.strictObject({
  lifetimeSeconds: z.number().optional(),
  userId: z.string().optional(),
  /** Signs with something else: a forged token. */
  secret: z.string().optional(),
  path: z.string().optional(),
});
const callBody = z.strictObject({
  path: z.string().startsWith('/'),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).default('GET'),
  form: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
  json: z.unknown().optional(),
});

export function registerInstallApi(app: App, ctx: SandboxContext): void {
  app.post(
    '/control/api/shops/:shop/install',
    route(async (req, res) => {
      const { scopes, path } = bodyOf(installBody, req);
      const shop = ctx.state.shop(String(req.params.shop));
      ctx.actions.installApp(shop.domain, scopes);
      res.json(await openApp(ctx, shop, path ?? ''));
    }),
  );
  app.post(
    '/control/api/shops/:shop/id-token',
    route((req, res) => {
      const { path, ...wish } = bodyOf(tokenBody, req);
      const shop = ctx.state.shop(String(req.params.shop));
      const idToken = makeToken(ctx, shop, wish);
      res.json({
        idToken,
        host: encodeHost(shop.domain),
        shop: shop.domain,
        url: makeLaunchUrl(ctx, shop, idToken, path ?? ''),
      });
    }),
  );
  app.post(
    '/control/api/shops/:shop/app',
    route(async (req, res) => {
      const shop = ctx.state.shop(String(req.params.shop));
      res.json(await callApp(ctx, shop, bodyOf(callBody, req)));
    }),
  );
}

interface TokenWish {
  lifetimeSeconds?: number | undefined;
  userId?: string | undefined;
  secret?: string | undefined;
}

function makeToken({ options }: SandboxContext, shop: ShopState, wish: TokenWish = {}): string {
  return issueIdToken({
    apiKey: options.apiKey,
    apiSecret: wish.secret ?? options.apiSecret,
    shop: shop.domain,
    userId: wish.userId ?? merchantId,
    lifetimeSeconds: wish.lifetimeSeconds,
  });
}

function makeLaunchUrl({ options }: SandboxContext, shop: ShopState, idToken: string, path: string): string {
  return launchUrl({
    appUrl: options.appUrl,
    apiSecret: options.apiSecret,
    shop: shop.domain,
    path,
    idToken,
    locale: shop.record.locale,
    session: randomUUID().replaceAll('-', ''),
    now: Date.now(),
  });
}

/** The frame's document with its id token in the address, then a call as App Bridge's fetch makes it. */
async function openApp(ctx: SandboxContext, shop: ShopState, path: string) {
  const url = makeLaunchUrl(ctx, shop, makeToken(ctx, shop), path);
  const document = await fetch(url, { headers: { 'User-Agent': userAgent, Accept: 'text/html' } });
  const html = await document.text();
  const call = await callApp(ctx, shop, { path: `/app${path && `/${path}`}`, method: 'GET' });
  const isOpen = document.status === 200 && call.status < 400;
  return {
    ok: isOpen,
    status: document.status,
    callStatus: call.status,
    html: isOpen ? undefined : html.slice(0, 2_000),
  };
}

interface AppCall {
  path: string;
  method: string;
  form?: Record<string, string | string[]> | undefined;
  json?: unknown;
}

/** Calls the app as its pages do inside the admin: with a fresh id token as bearer. Redirects are not followed. */
async function callApp(ctx: SandboxContext, shop: ShopState, call: AppCall) {
  const headers: Record<string, string> = {
    'User-Agent': userAgent,
    Accept: '*/*',
    Authorization: `Bearer ${makeToken(ctx, shop)}`,
  };
  let body: string | undefined;
  if (call.form) {
    headers['Content-Type'] = 'application/x-www-form-urlencoded';
    const pairs = Object.entries(call.form).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
    body = new URLSearchParams(pairs).toString();
  } else if (call.json !== undefined) {
    headers['Content-Type'] = 'application/json';
    body = JSON.stringify(call.json);
  }
  const response = await fetch(new URL(call.path, ctx.options.appUrl), {
    method: call.method,
    headers,
    redirect: 'manual',
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  return { status: response.status, headers: Object.fromEntries(response.headers), body: text };
}
