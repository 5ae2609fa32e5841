// Plain pages of the admin outside the app: the stores, one store's start page and its latest orders, products, customers and checkouts.
import type { Request } from 'express';
import type { MarketingState } from '../shopify/records';
import type { ShopifyState, ShopState } from '../shopify/state';
import { currentTotal, totalsOf } from '../shopify/totals';
import { html, type Markup, type Piece } from './html';
import { adminRoot, languageOf, renderAdminPage } from './layout';
import { type AdminLanguage, adminWords } from './words';

const SHOWN = 100;

export type StoreList = 'orders' | 'products' | 'customers' | 'checkouts';
export const STORE_LISTS: readonly StoreList[] = ['orders', 'products', 'customers', 'checkouts'];

function money(amount: string, shop: ShopState, language: AdminLanguage): string {
  return new Intl.NumberFormat(language, { style: 'currency', currency: shop.record.currency }).format(Number(amount));
}

function day(iso: string, shop: ShopState, language: AdminLanguage): string {
  const format = { dateStyle: 'medium', timeStyle: 'short', timeZone: shop.record.timezone } as const;
  return new Intl.DateTimeFormat(language, format).format(new Date(iso));
}

export function renderStores(req: Request, state: ShopifyState): string {
  const language = languageOf(req);
  const words = adminWords(language);
  const rows = [...state.shops.values()].map(
    (shop) => html`<div class="card row">
      <div><b>${shop.record.name}</b><div class="soft">${shop.domain} · ${shop.installation ? words.installed : words.notInstalled}</div></div>
      <a class="button" href="${adminRoot(shop)}">${words.open}</a>
      ${
        shop.installation
          ? html`<a class="button primary" href="${adminRoot(shop)}/apps/relance">Relance</a>`
          : html`<a class="button primary" href="${adminRoot(shop)}/install">${words.installButton}</a>`
      }</div>`,
  );
  const content = html`<div class="content"><h1>${words.stores}</h1>${rows.length > 0 ? rows : html`<p>${words.noStores}</p>`}</div>`;
  return renderAdminPage({ language, title: words.stores, path: '/admin', content });
}

export function renderStoreHome(req: Request, shop: ShopState): string {
  const language = languageOf(req);
  const words = adminWords(language);
  const root = adminRoot(shop);
  const count = (list: StoreList, size: number) =>
    html`<a class="card" href="${root}/${list}"><b>${new Intl.NumberFormat(language).format(size)}</b>${words[list]}</a>`;
  const open = [...shop.checkouts.values()].filter((checkout) => !checkout.completedAt).length;
  const app = shop.installation
    ? html`<form class="card row" method="post" action="${root}/uninstall"><span>${words.installed}</span>
        <a class="button primary" href="${root}/apps/relance">${words.open}</a>
        <button class="critical">${words.uninstall}</button></form>`
    : html`<div class="card row"><span>${words.notInstalled}</span><a class="button primary" href="${root}/install">${words.installButton}</a></div>`;
  const content = html`<div class="content"><h1>${shop.record.name}</h1>${app}
    <div class="cards">${count('orders', shop.orders.size)}${count('products', shop.products.size)}${count('customers', shop.customers.size)}${count('checkouts', open)}</div></div>`;
  return renderAdminPage({ language, shop, title: shop.record.name, section: 'home', path: root, content });
}

function latest<T>(items: Iterable<T>, at: (item: T) => string): T[] {
  return [...items].sort((a, b) => (at(a) < at(b) ? 1 : -1)).slice(0, SHOWN);
}

const CONSENT_LOOK: Readonly<Record<MarketingState, string>> = {
  SUBSCRIBED: 'good',
  PENDING: 'wait',
  UNSUBSCRIBED: 'bad',
  NOT_SUBSCRIBED: '',
  REDACTED: 'bad',
  INVALID: 'bad',
};

interface Table {
  heads: string[];
  rows: Markup[];
  all: number;
}

type TableMaker = (shop: ShopState, language: AdminLanguage) => Table;

const customerName = (shop: ShopState, id: string | null): string => {
  const customer = id === null ? undefined : shop.customers.get(id);
  return [customer?.firstName, customer?.lastName].filter(Boolean).join(' ') || (customer?.email ?? '');
};

const orders: TableMaker = (shop, language) => {
  const words = adminWords(language);
  const rows = latest(shop.orders.values(), (order) => order.createdAt).map(
    (
      order,
    ) => html`<tr><td>${order.name}</td><td>${day(order.createdAt, shop, language)}</td><td>${customerName(shop, order.customerId)}</td>
      <td class="number">${money(currentTotal(order), shop, language)}</td>
      <td><span class="badge ${order.financialStatus === 'PAID' && !order.cancelledAt ? 'good' : 'wait'}">${order.cancelledAt ? 'CANCELLED' : order.financialStatus}</span></td></tr>`,
  );
  return { heads: ['#', words.date, words.customer, words.total, words.status], rows, all: shop.orders.size };
};

const products: TableMaker = (shop, language) => {
  const words = adminWords(language);
  const rows = [...shop.products.values()].map((product) => {
    const variants = shop.variantsOf(product);
    const stock = variants.reduce((sum, variant) => sum + variant.inventoryQuantity, 0);
    const image = product.images[0];
    return html`<tr><td>${image ? html`<img src="${image.url}?width=100" alt="" width="36" height="36">` : ''}</td>
      <td class="wrap">${product.title}</td><td>${product.productType}</td><td class="number">${stock}</td>
      <td class="number">${money(variants[0]?.price ?? '0', shop, language)}</td></tr>`;
  });
  return { heads: ['', words.products, 'Type', words.stock, words.price], rows, all: shop.products.size };
};

const customers: TableMaker = (shop, language) => {
  const words = adminWords(language);
  const rows = latest(shop.customers.values(), (customer) => customer.createdAt).map((customer) => {
    const bought = shop.ordersOf(customer.id).filter((order) => !order.cancelledAt);
    const spent = bought.reduce((sum, order) => sum + Number(currentTotal(order)), 0);
    return html`<tr><td>${customerName(shop, customer.id)}</td><td>${customer.email}</td>
      <td><span class="badge ${CONSENT_LOOK[customer.consent.state]}">${customer.consent.state}</span></td><td>${customer.locale}</td>
      <td class="number">${bought.length}</td><td class="number">${money(String(spent), shop, language)}</td></tr>`;
  });
  const heads = [words.name, words.email, words.consent, words.language, words.orders, words.spent];
  return { heads, rows, all: shop.customers.size };
};

const checkouts: TableMaker = (shop, language) => {
  const words = adminWords(language);
  const open = [...shop.checkouts.values()].filter((checkout) => !checkout.completedAt);
  const rows = latest(open, (checkout) => checkout.createdAt).map(
    (checkout) => html`<tr><td>${day(checkout.createdAt, shop, language)}</td><td>${checkout.email ?? '–'}</td>
      <td class="wrap">${checkout.lines.map((line) => `${line.quantity} × ${line.title}`).join(', ')}</td>
      <td class="number">${money(totalsOf(checkout).total, shop, language)}</td></tr>`,
  );
  return { heads: [words.date, words.email, words.products, words.total], rows, all: open.length };
};

const TABLES: Readonly<Record<StoreList, TableMaker>> = { orders, products, customers, checkouts };

export function renderStoreList(req: Request, shop: ShopState, list: StoreList): string {
  const language = languageOf(req);
  const words = adminWords(language);
  const { heads, rows, all } = TABLES[list](shop, language);
  const note: Piece =
    all > rows.length &&
    html`<p class="soft">${words.showing.replace('{shown}', String(rows.length)).replace('{all}', String(all))}</p>`;
  const content = html`<div class="content"><h1>${words[list]}</h1>${note}
    <div class="card table"><table><thead><tr>${heads.map((head) => html`<th>${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div></div>`;
  return renderAdminPage({
    language,
    shop,
    title: words[list],
    section: list,
    path: `${adminRoot(shop)}/${list}`,
    content,
  });
}
