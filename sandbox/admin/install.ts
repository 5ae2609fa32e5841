// Installs the app in a shop the way Shopify's managed install does: the merchant agrees, Shopify grants the scopes, the app learns of it when it is first opened.
import type { SandboxContext } from '../http/context';
import { readAppConfig, splitScopes } from '../shopify/app-config';

/** The scopes the app asks for: from the options, else from its shopify.app.toml. */
export function scopesAsked(ctx: Pick<SandboxContext, 'options'>): string[] {
  const { scopes, appToml } = ctx.options;
  return scopes === undefined ? readAppConfig(appToml).scopes : splitScopes(scopes);
}

/** Grants the app what it asks for; nothing changes when it is installed already. */
export function installApp(ctx: Pick<SandboxContext, 'options' | 'state' | 'clock'>, domainOrHandle: string): void {
  const shop = ctx.state.shop(domainOrHandle);
  if (shop.installation) return;
  shop.installation = {
    id: ctx.state.nextId('other'),
    scopes: scopesAsked(ctx),
    installedAt: `${ctx.clock.iso().slice(0, 19)}Z`,
    tokens: [],
  };
  shop.touch();
}
