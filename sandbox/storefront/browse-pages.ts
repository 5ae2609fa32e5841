// Looking around the shop: home, a collection, search results, a product.
import { html, type Markup, raw } from '../admin/html';
import type { ProductRecord, VariantRecord } from '../shopify/records';
import { pictureAt, productGrid, renderShopPage } from './layout';
import { isForSale, priceText, shownProducts, type Visit } from './visit';
import { fill } from './words';

function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

function newestFirst(products: ProductRecord[]): ProductRecord[] {
  return [...products].sort((a, b) => ((a.publishedAt ?? '') < (b.publishedAt ?? '') ? 1 : -1));
}

export function renderHome(visit: Visit): string {
  const { root, words, shop } = visit;
  const products = shownProducts(shop);
  const best = products.filter((product) => product.tags.includes('meilleure-vente')).slice(0, 8);
  const fresh = newestFirst(products).slice(0, 4);
  return renderShopPage(
    visit,
    words.heroTitle,
    html`<section class="hero"><img src="/pictures/hero-1.png?width=1200" alt="" width="1200" height="600">
      <div><h1>${words.heroTitle}</h1><p>${words.heroText}</p><a class="button" href="${root}/collections/all">${words.heroButton}</a></div></section>
    ${best.length > 0 && html`<h2>${words.best}</h2>${productGrid(visit, best)}`}
    <h2>${words.fresh}</h2>${productGrid(visit, fresh)}`,
  );
}

/** `all` is every product, newest first; otherwise the collection with that handle, or undefined. */
export function renderCollection(visit: Visit, handle: string): string | undefined {
  const { shop, words } = visit;
  const shown = shownProducts(shop);
  if (handle === 'all')
    return renderShopPage(visit, words.all, html`<h1>${words.all}</h1>${productGrid(visit, newestFirst(shown))}`);
  const collection = [...shop.collections.values()].find((one) => one.handle === handle);
  if (!collection) return undefined;
  const products = shown.filter((product) => collection.productIds.includes(product.id));
  return renderShopPage(visit, collection.title, html`<h1>${collection.title}</h1>${productGrid(visit, products)}`);
}

export function renderSearch(visit: Visit, query: string): string {
  const wanted = plain(query).split(/\s+/).filter(Boolean);
  const fits = (product: ProductRecord) => {
    const text = plain(`${product.title} ${product.productType} ${product.tags.join(' ')}`);
    return wanted.every((word) => text.includes(word));
  };
  const found = wanted.length === 0 ? [] : shownProducts(visit.shop).filter(fits);
  const title = fill(visit.words.results, { words: query });
  return renderShopPage(
    visit,
    title,
    html`<h1>${title}</h1>${found.length > 0 ? productGrid(visit, found) : html`<p>${visit.words.nothing}</p>`}`,
  );
}

function stockNote(visit: Visit, variant: VariantRecord): string {
  const { words } = visit;
  if (!isForSale(variant)) return words.soldOut;
  if (variant.tracked && variant.inventoryQuantity > 0 && variant.inventoryQuantity <= 5) {
    return fill(words.lowStock, { count: variant.inventoryQuantity });
  }
  return words.inStock;
}

function variantChoice(visit: Visit, variants: VariantRecord[], chosen: VariantRecord): Markup {
  if (variants.length === 1) return html`<input type="hidden" name="id" value="${chosen.id}">`;
  return html`<fieldset>${variants.map(
    (
      variant,
    ) => html`<label><input type="radio" name="id" value="${variant.id}"${variant === chosen ? raw(' checked') : ''}${isForSale(variant) ? '' : raw(' disabled')}>
      ${variant.title} · ${priceText(visit, variant.price)} <small>${stockNote(visit, variant)}</small></label>`,
  )}</fieldset>`;
}

/** The product with that handle, `variantId` chosen where given; undefined when it is not in the shop. */
export function renderProduct(visit: Visit, handle: string, variantId?: string): string | undefined {
  const { shop, words, root } = visit;
  const product = shownProducts(shop).find((one) => one.handle === handle);
  if (!product) return undefined;
  const variants = shop.variantsOf(product);
  const chosen = variants.find((one) => one.id === variantId) ?? variants.find(isForSale) ?? variants[0];
  if (!chosen) return undefined;
  const image = product.images.find((one) => one.id === chosen.imageId) ?? product.images[0];
  const others = shownProducts(shop).filter((one) => one.productType === product.productType && one !== product);
  const soldOut = !variants.some(isForSale);
  return renderShopPage(
    visit,
    product.title,
    html`<article class="detail">
      <div><img class="main" src="${pictureAt(image, 600)}" alt="${image?.alt ?? product.title}" width="600" height="600">
        ${product.images.length > 1 && html`<div class="thumbs">${product.images.map((one) => html`<img src="${pictureAt(one, 100)}" alt="${one.alt ?? ''}" width="72" height="72">`)}</div>`}</div>
      <div><p class="small">${product.productType}</p><h1>${product.title}</h1>
        <p class="price">${priceText(visit, chosen.price)}${chosen.compareAtPrice && html` <s>${priceText(visit, chosen.compareAtPrice)}</s>`}</p>
        <div>${raw(product.descriptionHtml)}</div>
        <form method="post" action="${root}/cart/add">${variantChoice(visit, variants, chosen)}
          ${variants.length === 1 && html`<p class="small">${stockNote(visit, chosen)}</p>`}
          <label class="quantity">${words.quantity} <input type="number" name="quantity" value="1" min="1" max="20"></label>
          <button${soldOut ? raw(' disabled') : ''}>${soldOut ? words.soldOut : words.add}</button></form></div>
    </article>
    ${others.length > 0 && html`<h2>${words.also}</h2>${productGrid(visit, others.slice(0, 4))}`}`,
  );
}
