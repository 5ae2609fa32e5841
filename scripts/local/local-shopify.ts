/** Sends what the app asks of Shopify to the sandbox, and keeps a local run off the network; loaded before the app. */
import { Agent, type Dispatcher, setGlobalDispatcher } from 'undici';

type Headers = Dispatcher.DispatchOptions['headers'];

/** The three shapes undici takes headers in, as one flat list. */
function flatHeaders(headers: Headers): string[] {
  if (!headers) return [];
  if (Array.isArray(headers)) return headers.map(String);
  const entries = Symbol.iterator in headers ? [...headers] : Object.entries(headers);
  return entries.flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().flatMap((single) => [name, String(single)]),
  );
}

/** `Host` would name the shop; the sandbox reads the shop from a header of its own. */
function withShop(headers: Headers, shop: string): string[] {
  const flat = flatHeaders(headers);
  const kept = flat.filter((_, index) => flat[index - (index % 2)]?.toLowerCase() !== 'host');
  return [...kept, 'x-sandbox-shop', shop];
}

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/** Every request of this process for `https://<shop>.myshopify.com/…` goes to the same path of the sandbox from now on. */
export function sendShopifyTo(sandboxUrl: string): void {
  const local = new Agent().compose((dispatch) => (options, handler) => {
    const { hostname } = new URL(String(options.origin));
    if (LOOPBACK.includes(hostname)) return dispatch(options, handler);
    if (!hostname.endsWith('.myshopify.com')) throw new Error(`A local run does not call ${hostname}.`);
    return dispatch({ ...options, origin: sandboxUrl, headers: withShop(options.headers, hostname) }, handler);
  });
  setGlobalDispatcher(local);
}
