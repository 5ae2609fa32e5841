// The frame of every storefront page: head, footer with the newsletter, language and currency.
import { readFileSync } from 'node:fs';
import { html, type Markup, type Piece, raw } from '../admin/html';
import type { ImageRecord, ProductRecord } from '../shopify/records';
import type { Visit } from './visit';
import { isForSale, priceText } from './visit';

export function readShopCss(): string {
  return readFileSync(new URL('./shop.css', import.meta.url), 'utf8');
}

export function pictureAt(image: ImageRecord | undefined, width: number): string {
  if (!image) return '/pictures/icon.png';
  return image.url.startsWith('/pictures/') ? `${image.url}?width=${width}` : image.url;
}

function logo(visit: Visit): Piece {
  const { name } = visit.shop.record;
  return name === 'Maison Lune'
    ? html`<img src="/pictures/logo.png?width=600" alt="Maison Lune" width="260" height="65">`
    : html`<b>${name}</b>`;
}

function head(visit: Visit): Markup {
  const { root, shop, words, session } = visit;
  const count = [...session.cart.values()].reduce((sum, quantity) => sum + quantity, 0);
  return html`<header>
  <a class="logo" href="${root}">${logo(visit)}</a>
  <form class="search" action="${root}/search" role="search"><input type="search" name="q" placeholder="${words.search}" aria-label="${words.search}"></form>
  <div class="links"><a href="${root}/account">${words.account}</a> <a href="${root}/cart">${words.cart}${count > 0 ? html` <span class="count">${count}</span>` : ''}</a></div>
  <nav>${[...shop.collections.values()].map((one) => html`<a href="${root}/collections/${one.handle}">${one.title}</a>`)}<a href="${root}/collections/all">${words.all}</a></nav>
</header>`;
}

function choices(visit: Visit): Markup {
  const { shop, session, words } = visit;
  const option = (value: string, label: string, current: string) =>
    html`<option value="${value}"${value === current ? raw(' selected') : ''}>${label}</option>`;
  const currencies = shop.record.presentmentCurrencies;
  return html`<form class="choices">
    <label>${words.language} <select name="locale">${option('fr', 'Français', session.language)}${option('en', 'English', session.language)}</select></label>
    ${currencies.length > 1 && html`<label>${words.currency} <select name="currency">${currencies.map((one) => option(one, one, session.currency))}</select></label>`}
    <button class="plain">OK</button>
  </form>`;
}

function foot(visit: Visit): Markup {
  const { root, words, shop } = visit;
  const { address } = shop.record;
  return html`<footer>
  <form class="newsletter" method="post" action="${root}/newsletter">
    <h2>${words.newsletter}</h2><p>${words.newsletterText}</p>
    <div class="fields"><input name="firstName" placeholder="${words.firstName}" aria-label="${words.firstName}" autocomplete="given-name">
    <input type="email" name="email" required placeholder="${words.email}" aria-label="${words.email}" autocomplete="email">
    <button>${words.subscribe}</button></div>
  </form>
  ${choices(visit)}
  <p class="small">${shop.record.name}${address.address1 ? ` · ${address.address1}, ${address.zip ?? ''} ${address.city ?? ''}` : ''}<br>${words.sandbox}</p>
</footer>`;
}

/** The whole document. Takes the session's notice, which is thereby said. */
export function renderShopPage(
  visit: Visit,
  title: string,
  content: Piece,
  look: 'usual' | 'checkout' = 'usual',
): string {
  const { session, shop, root } = visit;
  const notice = session.notice;
  session.notice = null;
  return html`<!doctype html>
<html lang="${session.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – ${shop.record.name}</title>
<link rel="icon" href="/pictures/icon.png?width=100">
<link rel="stylesheet" href="/shop/shop.css">
</head>
<body class="${look}">
${look === 'usual' ? head(visit) : html`<header><a class="logo" href="${root}">${logo(visit)}</a></header>`}
${notice && html`<p class="notice" role="status">${notice}</p>`}
<main>${content}</main>
${look === 'usual' && foot(visit)}
</body>
</html>`.text;
}

/** A product as a card in a grid. */
export function productCard(visit: Visit, product: ProductRecord): Markup {
  const { root, shop, words } = visit;
  const variants = shop.variantsOf(product);
  const [first] = variants;
  const gone = variants.every((variant) => !isForSale(variant));
  return html`<a class="product" href="${root}/products/${product.handle}">
    <img src="${pictureAt(product.images[0], 400)}" alt="${product.images[0]?.alt ?? product.title}" width="400" height="400" loading="lazy">
    ${gone && html`<span class="gone">${words.soldOut}</span>`}
    <span class="name">${product.title}</span>
    ${first && html`<span class="price">${priceText(visit, first.price)}${first.compareAtPrice && html` <s>${priceText(visit, first.compareAtPrice)}</s>`}</span>`}
  </a>`;
}

export function productGrid(visit: Visit, products: readonly ProductRecord[]): Markup {
  return html`<div class="grid">${products.map((product) => productCard(visit, product))}</div>`;
}
