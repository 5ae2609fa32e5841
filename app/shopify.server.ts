/** Shopify's library, set up once, and the one door of the admin's routes: who is asking, and for which shop. */
import '@shopify/shopify-app-remix/adapters/node';
import type { AppLoadContext } from '@remix-run/node';
import { ApiVersion, LogSeverity } from '@shopify/shopify-api';
import { AppDistribution, shopifyApp } from '@shopify/shopify-app-remix/server';
import { deps } from './deps.server';
import type { Shop } from './domain/shop';
import { inShop } from './store/scope';
import { findShop, findShopId } from './store/shops';

function makeShopify() {
  const { env, log, sessionStorage, onInstalled } = deps();
  return shopifyApp({
    apiKey: env.SHOPIFY_API_KEY,
    apiSecretKey: env.SHOPIFY_API_SECRET,
    apiVersion: ApiVersion.October26,
    scopes: env.SCOPES.split(',').filter(Boolean),
    appUrl: env.SHOPIFY_APP_URL,
    authPathPrefix: '/auth',
    distribution: AppDistribution.AppStore,
    sessionStorage,
    future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: true },
    hooks: { afterAuth: ({ session }) => onInstalled(session) },
    // Below warnings the library writes tokens and addresses with parameters into its lines.
    logger: {
      level: LogSeverity.Warning,
      timestamps: false,
      log: async (_severity: LogSeverity, message: string) => log.warn({ event: 'shopify.library-warned', message }),
    },
  });
}

let made: ReturnType<typeof makeShopify> | null = null;

function shopify(): ReturnType<typeof makeShopify> {
  made ??= makeShopify();
  return made;
}

/** Lets Shopify's admin, and this shop's alone, frame the document. */
export function addDocumentHeaders(request: Request, headers: Headers): void {
  shopify().addDocumentResponseHeaders(request, headers);
  // The library asks the browser to fetch App Bridge from Shopify even where another address is set.
  if (deps().env.APP_BRIDGE_URL) headers.delete('Link');
  // Without a shop there is no admin that may frame it.
  if (!headers.has('Content-Security-Policy')) headers.set('Content-Security-Policy', "frame-ancestors 'none';");
}

type AdminContext = Awaited<ReturnType<ReturnType<typeof makeShopify>['authenticate']['admin']>>;

/**
 * Checks the id token of a request from the admin.
 * @throws Response when there is none or it is not valid: the way to a fresh one
 */
export function authenticateAdmin(request: Request): Promise<AdminContext> {
  return shopify().authenticate.admin(request);
}

/**
 * The shop whose owner is asking, checked. Every loader and action of the admin begins here.
 * @param context given by loaders: those of one page ask at the same time, and what the first finds holds for all
 * @throws Response as `authenticateAdmin`
 */
export async function requireShop(request: Request, context?: AppLoadContext): Promise<Shop> {
  const others = context && asked.get(context);
  // A refusal is a response that each has to give for itself: its body can be read once.
  const found = others && (await others.catch(() => null));
  if (found) return found;
  const own = findAsking(request);
  if (context) asked.set(context, own);
  return own;
}

/** By what Remix makes anew for every request. */
const asked = new WeakMap<AppLoadContext, Promise<Shop>>();

/** Shopify's id of the user who asked for a shop. */
const users = new WeakMap<Shop, string>();

/** Shopify's id of the user whom `requireShop` let in; null where Shopify does not say. */
export function userOf(shop: Shop): string | null {
  return users.get(shop) ?? null;
}

async function findAsking(request: Request): Promise<Shop> {
  const { session, sessionToken } = await authenticateAdmin(request);
  const known = await findInstalled(session.shop);
  if (!known) {
    // Two loaders of the first page run side by side; the library lets only one of them wait for `afterAuth`. Changes
    // nothing where the shop has uninstalled since the session was read.
    await deps().onInstalled(session);
  }
  const shop = known ?? (await findInstalled(session.shop));
  if (!shop) throw new Response(null, { status: 404 });
  if (sessionToken?.sub) users.set(shop, sessionToken.sub);
  return shop;
}

async function findInstalled(domain: string): Promise<Shop | null> {
  const { db } = deps();
  const shopId = await findShopId(db, domain);
  const shop = shopId === null ? null : await inShop(db, shopId, findShop);
  return shop?.installedAt && !shop.uninstalledAt ? shop : null;
}
