// The admin page that holds the app in a frame, and the page that asks for the install.
import type { Request } from 'express';
import type { ShopState } from '../shopify/state';
import { html, jsonForScript } from './html';
import { adminRoot, languageOf, renderAdminPage } from './layout';
import { adminWords } from './words';

export interface FramedApp {
  shop: ShopState;
  /** Address of the app with all of Shopify's parameters. */
  launchUrl: string;
}

/** The page around the app; host.js brings it to life. */
export function renderAppPage(req: Request, { shop, launchUrl }: FramedApp): string {
  const language = languageOf(req);
  const words = adminWords(language);
  const root = adminRoot(shop);
  const data = { root, words, launchUrl, appOrigin: new URL(launchUrl).origin, shopName: shop.record.name };
  return renderAdminPage({
    language,
    shop,
    title: 'Relance',
    section: 'app',
    path: req.originalUrl,
    saveBar: html`<div class="save-bar" role="region" aria-label="${words.unsaved}"><span>${words.unsaved}</span>
      <button id="discard">${words.discard}</button><button id="save">${words.save}</button></div>`,
    content: html`<div class="title"><img src="/pictures/icon.png?width=100" alt=""><h1 id="app-title">Relance</h1><div id="app-actions"></div></div>
      <p id="silent" hidden>${words.appSilent}</p>
      <iframe id="app-frame" name="app-iframe" title="Relance" allow="clipboard-write; fullscreen"></iframe>`,
    scripts: html`<script type="application/json" id="host-data">${jsonForScript(data)}</script><script src="/admin/host.js"></script>`,
  });
}

/** `read_orders`, `write_products` … as the words of the install page; write implies read. */
export function describeScopes(scopes: readonly string[], words: { read: string; write: string }): string[] {
  const kinds = new Map<string, 'read' | 'write'>();
  for (const scope of scopes) {
    const [, verb, thing] = /^(read|write)_(.+)$/.exec(scope) ?? [];
    if (!verb || !thing) continue;
    if (verb === 'write' || !kinds.has(thing)) kinds.set(thing, verb === 'write' ? 'write' : 'read');
  }
  return [...kinds].map(([thing, verb]) => `${words[verb]}: ${thing.replaceAll('_', ' ')}`);
}

export function renderInstallPage(req: Request, shop: ShopState, scopes: readonly string[]): string {
  const language = languageOf(req);
  const words = adminWords(language);
  const lines = describeScopes(scopes, words);
  return renderAdminPage({
    language,
    shop,
    title: words.installTitle,
    section: 'app',
    path: req.originalUrl,
    content: html`<div class="content"><div class="card">
      <h1>${words.installTitle}</h1>
      <p>${words.installLead}</p>
      <ul class="scopes">${lines.length > 0 ? lines.map((line) => html`<li>${line}</li>`) : html`<li>${words.scopesNone}</li>`}</ul>
      <form method="post" class="row"><span></span>
        <a class="button" href="${adminRoot(shop)}">${words.cancel}</a>
        <button class="primary" id="install">${words.installButton}</button>
      </form></div></div>`,
  });
}
