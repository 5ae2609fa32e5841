// The frame every admin page stands in: bar, menu, content; in the language of the person at the screen.
import { readFileSync } from 'node:fs';
import type { Request } from 'express';
import type { ShopState } from '../shopify/state';
import { html, type Markup, type Piece, raw } from './html';
import { type AdminLanguage, adminWords } from './words';

export function readAsset(name: 'admin.css' | 'app-bridge.js' | 'host.js' | 'page.js'): string {
  return readFileSync(new URL(`./browser/${name}`, import.meta.url), 'utf8');
}

const LANGUAGE_COOKIE = 'sandbox_language';

/** From the switch in the bar, else from the browser, else French (the sample store is French). */
export function languageOf(req: Request): AdminLanguage {
  const [, chosen] = new RegExp(`(?:^|;\\s*)${LANGUAGE_COOKIE}=(fr|en)`).exec(req.headers.cookie ?? '') ?? [];
  if (chosen === 'fr' || chosen === 'en') return chosen;
  return req.acceptsLanguages('fr', 'en') === 'en' ? 'en' : 'fr';
}

export function languageCookie(language: AdminLanguage): string {
  return `${LANGUAGE_COOKIE}=${language}; Path=/; SameSite=Lax; Max-Age=31536000`;
}

export interface AdminPage {
  language: AdminLanguage;
  title: string;
  /** Absent on the list of stores. */
  shop?: ShopState | undefined;
  /** Which menu entry is marked. */
  section?: 'home' | 'orders' | 'products' | 'customers' | 'checkouts' | 'app';
  /** Where the language switch comes back to. */
  path: string;
  content: Piece;
  scripts?: Piece;
  saveBar?: Piece;
}

const moon = '/pictures/icon.png?width=100';

function menu(page: AdminPage): Markup {
  const words = adminWords(page.language);
  if (!page.shop) {
    return html`<ul><li><a href="/admin" aria-current="page">${words.stores}</a></li></ul>
      <h2>Sandbox</h2><ul><li><a href="/mailbox">${words.mailbox}</a></li><li><a href="/control">${words.control}</a></li></ul>`;
  }
  const root = adminRoot(page.shop);
  const entry = (section: NonNullable<AdminPage['section']>, href: string, label: string) =>
    html`<li><a href="${href}"${page.section === section ? raw(' aria-current="page"') : ''}>${label}</a></li>`;
  return html`<ul>
      ${entry('home', root, words.home)}
      ${entry('orders', `${root}/orders`, words.orders)}
      ${entry('products', `${root}/products`, words.products)}
      ${entry('customers', `${root}/customers`, words.customers)}
      ${entry('checkouts', `${root}/checkouts`, words.checkouts)}
    </ul>
    <h2>${words.apps}</h2>
    <ul>
      <li><a class="app" id="app-home" href="${root}/apps/relance"${page.section === 'app' ? raw(' data-here') : ''}><img src="${moon}" alt="">Relance</a></li>
    </ul>
    <ul id="app-menu"></ul>
    <h2>Sandbox</h2>
    <ul>
      <li><a href="/shop/${page.shop.record.handle}" target="_blank">${words.onlineStore}</a></li>
      <li><a href="/mailbox" target="_blank">${words.mailbox}</a></li>
      <li><a href="/control" target="_blank">${words.control}</a></li>
    </ul>`;
}

/** `/admin/store/<handle>` */
export function adminRoot(shop: ShopState): string {
  return `/admin/store/${shop.record.handle}`;
}

function languageSwitch(page: AdminPage): Markup {
  const option = (code: AdminLanguage, name: string) =>
    html`<option value="${code}"${page.language === code ? raw(' selected') : ''}>${name}</option>`;
  return html`<form class="language" method="post" action="/admin/language">
    <input type="hidden" name="back" value="${page.path}">
    <select id="language" name="language" aria-label="${adminWords(page.language).language}">${option('fr', 'Français')}${option('en', 'English')}</select>
    <noscript><button>OK</button></noscript>
  </form>`;
}

export function renderAdminPage(page: AdminPage): string {
  const words = adminWords(page.language);
  const document = html`<!doctype html>
<html lang="${page.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} · ${page.shop?.record.name ?? 'Sandbox'}</title>
<link rel="icon" href="${moon}">
<link rel="stylesheet" href="/admin/admin.css">
</head>
<body>
<header class="bar">
  <button id="menu-button" aria-label="${words.menu}" aria-controls="menu"><svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true"><path d="M3 5h14M3 10h14M3 15h14" stroke="currentColor" stroke-width="2" stroke-linecap="round"/></svg></button>
  <a class="brand" href="/admin"><img src="${moon}" alt=""><span>Sandbox admin</span></a>
  <div class="store">${page.shop?.record.name ?? ''}</div>
  ${page.saveBar}
  ${languageSwitch(page)}
</header>
<nav class="menu" id="menu" aria-label="${words.menu}">${menu(page)}</nav>
<div id="shade"></div>
<main class="page">${page.content}</main>
<div id="toasts" role="status" aria-live="polite"></div>
${page.scripts ?? html`<script src="/admin/page.js"></script>`}
</body>
</html>`;
  return document.text;
}
