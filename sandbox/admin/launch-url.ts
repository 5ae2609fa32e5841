// The address the admin opens in the app's frame, with Shopify's parameters and their HMAC. Called by the admin pages.
import { createHmac } from 'node:crypto';

export interface Launch {
  appUrl: string;
  apiSecret: string;
  /** `<handle>.myshopify.com` */
  shop: string;
  /** Below the app's start page, with or without a query: `scenarios/welcome?tab=texts`. */
  path: string;
  idToken: string;
  locale: string;
  session: string;
  /** Real time in milliseconds: a security time. */
  now: number;
}

/** What Shopify passes as `host`: base64 of the admin address of the shop, without padding. */
export function encodeHost(shop: string): string {
  const handle = shop.replace(/\.myshopify\.com$/, '');
  return Buffer.from(`admin.shopify.com/store/${handle}`).toString('base64').replace(/=+$/, '');
}

/** HMAC-SHA256 in hex over the parameters but `hmac`, sorted by name and joined as a query. */
export function signQuery(params: URLSearchParams, apiSecret: string): string {
  const signed = [...params].filter(([name]) => name !== 'hmac').sort(([a], [b]) => a.localeCompare(b));
  const message = new URLSearchParams(signed).toString().replace(/\+/g, '%20');
  return createHmac('sha256', apiSecret).update(message).digest('hex');
}

/** `<appUrl>/app/<path>?embedded=1&…&hmac=…`. The path cannot leave `/app`, nor the query override Shopify's parameters. */
export function launchUrl(launch: Launch): string {
  const base = `${launch.appUrl.replace(/\/+$/, '')}/app`;
  const wanted = new URL(`${base}/${launch.path.replace(/^\/+/, '')}`);
  const root = new URL(base);
  const inside = wanted.origin === root.origin && `${wanted.pathname}/`.startsWith(`${root.pathname}/`);
  const url = inside ? wanted : root;
  url.pathname = url.pathname.replace(/\/+$/, '');
  const params = url.searchParams;
  params.delete('hmac');
  for (const [name, value] of [
    ['embedded', '1'],
    ['host', encodeHost(launch.shop)],
    ['id_token', launch.idToken],
    ['locale', launch.locale],
    ['session', launch.session],
    ['shop', launch.shop],
    ['timestamp', String(Math.floor(launch.now / 1000))],
  ] as const) {
    params.set(name, value);
  }
  params.set('hmac', signQuery(params, launch.apiSecret));
  return url.href;
}
