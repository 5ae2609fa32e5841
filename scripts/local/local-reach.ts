/** How a local run looks at links: its own store is asked as it is, nothing else of this machine, and nobody outside of it. */
import type { LookupFunction } from 'node:net';

/** Fails as a network that is away does, so that nobody is told their link is broken. */
const noNames: LookupFunction = (hostname, _options, done) =>
  done(Object.assign(new Error(`A local run does not call ${hostname}.`), { code: 'EAI_AGAIN' }), []);

/** @param sandbox origin of the store; what the app asks of `*.myshopify.com` goes there too (see `local-shopify`) */
export function localReach(sandbox: string): { isNearby(url: URL): boolean; lookup: LookupFunction } {
  return {
    isNearby: ({ origin, protocol, hostname }) =>
      origin === sandbox || (protocol === 'https:' && hostname.endsWith('.myshopify.com')),
    lookup: noNames,
  };
}
