// Shops through the control API: open, list, look inside. Mounted by api.ts.
import { z } from 'zod';
import { bodyOf } from '../http/body';
import type { SandboxContext } from '../http/context';
import { type App, route } from '../http/router';
import type { ShopState } from '../shopify/state';
import { storefrontUrl } from '../shopify/urls';
import { addressSchema } from './api-verbs';

const shopBody = z.strictObject({
  handle: z.string().min(1),
  name: z.string().optional(),
  email: z.string().optional(),
  contactEmail: z.string().optional(),
  ownerName: z.string().optional(),
  currency: z.string().length(3).optional(),
  presentmentCurrencies: z.array(z.string()).optional(),
  timezone: z.string().optional(),
  locale: z.string().optional(),
  otherLocales: z.array(z.string()).optional(),
  address: addressSchema.optional(),
  hasAddress: z.boolean().optional(),
  taxesIncluded: z.boolean().optional(),
  shopifyPlus: z.boolean().optional(),
});

const kinds = [
  'customers',
  'products',
  'variants',
  'collections',
  'checkouts',
  'orders',
  'bulkOperations',
  'discounts',
  'redeemCodes',
  'codeCreations',
] as const;

export function registerShopApi(app: App, ctx: SandboxContext): void {
  const { state, actions } = ctx;
  app.get('/control/api/shops', (_req, res) => {
    res.json({ shops: [...state.shops.values()].map((shop) => summary(ctx, shop)) });
  });
  app.post(
    '/control/api/shops',
    route((req, res) => {
      const record = actions.createShop(bodyOf(shopBody, req));
      res.status(201).json(summary(ctx, state.shop(record.domain)));
    }),
  );
  app.get(
    '/control/api/shops/:shop',
    route((req, res) => res.json(summary(ctx, state.shop(String(req.params.shop))))),
  );
  app.delete(
    '/control/api/shops/:shop',
    route((req, res) => {
      const shop = state.shop(String(req.params.shop));
      state.shops.delete(shop.domain);
      res.json({ deleted: shop.domain });
    }),
  );
  for (const kind of kinds) registerLists(app, ctx, kind);
}

/** `GET …/<kind>?email=&handle=&token=&customerId=&limit=`: newest first; `GET …/<kind>/<id>`: one. */
function registerLists(app: App, { state }: SandboxContext, kind: (typeof kinds)[number]): void {
  app.get(
    `/control/api/shops/:shop/${kind}`,
    route((req, res) => {
      const shop = state.shop(String(req.params.shop));
      const { limit, ...wanted } = req.query;
      const matches = [...shop[kind].values()].filter((record) =>
        Object.entries(wanted).every(([name, value]) => {
          const own: unknown = Reflect.get(record, name);
          return String(own ?? '').toLowerCase() === String(value).toLowerCase();
        }),
      );
      const shown = matches.reverse().slice(0, Number(limit ?? 50));
      res.json({ total: matches.length, [kind]: shown });
    }),
  );
  app.get(
    `/control/api/shops/:shop/${kind}/:id`,
    route((req, res) => {
      const record = state.shop(String(req.params.shop))[kind].get(String(req.params.id));
      if (record) res.json(record);
      else res.status(404).json({ error: `There is no such record among the ${kind}.` });
    }),
  );
}

function summary(ctx: SandboxContext, shop: ShopState) {
  const { record, installation } = shop;
  return {
    domain: record.domain,
    handle: record.handle,
    name: record.name,
    currency: record.currency,
    timezone: record.timezone,
    locale: record.locale,
    storefrontUrl: storefrontUrl(ctx.state, record),
    adminUrl: `${ctx.url}/admin/store/${record.handle}`,
    installed: installation !== null,
    scopes: installation?.scopes ?? [],
    counts: Object.fromEntries(kinds.map((kind) => [kind, shop[kind].size])),
    webhooks: ctx.webhooks.counts(shop.domain),
  };
}
