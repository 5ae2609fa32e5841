/**
 * Begins a page's answer before its data is read: the browser takes the page up and fetches its styles and App Bridge
 * meanwhile (decision 0026). Used by `web`, by way of `entry.server`.
 */
import type { AppLoadContext, ServerBuild } from '@remix-run/node';
import { matchPath } from '@remix-run/react';
import { deps } from './deps.server';
import { isScenarioKey } from './domain/scenario';
import type { Shop } from './domain/shop';
import { APP_BRIDGE_URL } from './lib/app-bridge-url';
import { storableText } from './lib/storable-text';
import { addDocumentHeaders, requireShop } from './shopify.server';
import { findCustomerRow } from './store/engagement';
import { inShop } from './store/scope';
import adminStyles from './ui/admin.css?url';

type Params = Record<string, string | undefined>;

/** Whether there is such a page, where its address alone does not tell; an address that is not here waits for its loader. */
const IS_THERE: Record<string, (params: Params, shop: Shop) => boolean | Promise<boolean>> = {
  '/app/scenarios/:key': ({ key = '' }) => isScenarioKey(key),
  '/app/customers/:id': async ({ id = '' }, shop) =>
    (await inShop(deps().db, shop.id, (scope) => findCustomerRow(scope, storableText(id)))) !== null,
};

export type EarlyAnswer = (request: Request, context: AppLoadContext) => Promise<Headers | null>;

/**
 * Answers for every page of the admin the headers it will have in any case, as soon as it is known who asks and that the page is
 * there; null for whatever else, which is answered when it is ready. What it finds of the shop holds for the loaders too.
 * @param routes of the build, before it is served
 */
export function makeEarlyAnswer(routes: ServerBuild['routes']): EarlyAnswer {
  const pages = pagesOf(routes);
  return async (request, context) => {
    const { pathname } = new URL(request.url);
    const found = pages.map((page) => matchPath(page, pathname)).find((match) => match !== null);
    if (!found) return null;
    // Whoever is not let in gets the answer of the loaders, who find the same.
    const shop = await requireShop(request, context).catch(() => null);
    const isThere = IS_THERE[found.pattern.path];
    if (!shop || (isThere && !(await isThere(found.params, shop)))) return null;
    const headers = new Headers({ 'Content-Type': 'text/html; charset=utf-8' });
    addDocumentHeaders(request, headers);
    const bridge = deps().env.APP_BRIDGE_URL ?? APP_BRIDGE_URL;
    headers.set('Link', `<${adminStyles}>; rel=preload; as=style, <${bridge}>; rel=preload; as=script`);
    return headers;
  };
}

/** The addresses of the admin's pages that are always there, and of those this module can tell of. */
function pagesOf(routes: ServerBuild['routes']): string[] {
  return Object.values(routes).flatMap((route) => {
    if (route?.parentId !== 'admin' || !route.module.default) return [];
    const path = ['/app', route.path].filter(Boolean).join('/');
    return !/[:*]/.test(path) || path in IS_THERE ? [path] : [];
  });
}
