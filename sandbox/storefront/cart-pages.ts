// The cart, the checkout and the page after paying.
import { html, type Markup, type Piece, raw } from '../admin/html';
import { convert } from '../shopify/money';
import type { CheckoutRecord, DiscountCodeUse, LineRecord, OrderRecord } from '../shopify/records';
import { totalsOf } from '../shopify/totals';
import { codeForm } from './code-form';
import { cartDiscount, problemText } from './codes';
import { pictureAt, renderShopPage } from './layout';
import { type CartLine, cartLines, priceText, type Visit } from './visit';
import { fill } from './words';

/** `codeError`: what is wrong with the code just typed. */
export function renderCart(visit: Visit, codeError: string | null = null): string {
  const { words, root, shop, session } = visit;
  const lines = cartLines(visit);
  if (lines.length === 0) {
    const back = html`<a class="button" href="${root}">${words.keepShopping}</a>`;
    return renderShopPage(visit, words.cart, html`<h1>${words.cart}</h1><p>${words.cartEmpty}</p>${back}`);
  }
  const sum = lines.reduce((total, line) => total + Number(line.variant.price) * line.quantity, 0);
  const row = ({ variant, product, quantity }: CartLine) => {
    const image = product.images.find((one) => one.id === variant.imageId) ?? product.images[0];
    return html`<li><img src="${pictureAt(image, 200)}" alt="" width="80" height="80">
      <div class="grow"><a href="${root}/products/${product.handle}?variant=${variant.id}">${product.title}</a>${variant.title !== 'Default Title' && html`<br><small>${variant.title}</small>`}
      <form method="post" action="${root}/cart/change"><input type="hidden" name="id" value="${variant.id}">
        <input type="number" name="quantity" value="${quantity}" min="0" max="20" aria-label="${words.quantity}"><button class="plain">${words.update}</button>
        <button class="plain" name="quantity" value="0">${words.remove}</button></form></div>
      <span>${priceText(visit, String(Number(variant.price) * quantity))}</span></li>`;
  };
  const discount = cartDiscount(visit);
  const off = ({ code, amount, type }: DiscountCodeUse) =>
    html`<p class="sum">${words.discount} ${code} <b>${type === 'shipping' ? `${words.shipping} ${words.free.toLowerCase()}` : `−${priceText(visit, amount)}`}</b></p>`;
  const [refused] = discount?.refused ?? [];
  const refusal = refused ? problemText(visit, refused.code, refused.problem) : null;
  return renderShopPage(
    visit,
    words.cart,
    html`<h1>${words.cart}</h1><ul class="lines">${lines.map(row)}</ul>
    <p class="sum">${words.subtotal} <b>${priceText(visit, String(sum))}</b></p>
    ${discount?.uses.map(off)}
    ${codeForm(visit, { path: `${root}/cart/discount`, codes: session.discountCode === null ? [] : [session.discountCode], error: codeError ?? refusal })}
    <form method="post" action="${root}/checkout" class="right"><button>${words.checkout}</button></form>
    <p class="small">${shop.record.taxesIncluded ? '' : '+ tax'}</p>`,
  );
}

/** Amounts of a checkout or an order in the currency it was started in, whatever the visitor looks at now. */
function amountIn(visit: Visit, sale: CheckoutRecord | OrderRecord, amount: string): string {
  const currency = sale.presentmentCurrency;
  const converted = convert(amount, sale.currency, currency, sale.presentmentRate);
  return new Intl.NumberFormat(visit.session.language, { style: 'currency', currency }).format(Number(converted));
}

function summary(
  visit: Visit,
  sale: CheckoutRecord | OrderRecord,
  lineEnd: (line: LineRecord) => Piece = () => '',
): Markup {
  const { words } = visit;
  const totals = totalsOf(sale);
  const picture = (line: LineRecord) =>
    line.imageUrl?.startsWith('/pictures/') ? `${line.imageUrl}?width=100` : (line.imageUrl ?? '/pictures/icon.png');
  return html`<ul class="lines small-lines">${sale.lines.map(
    (
      line,
    ) => html`<li><img src="${picture(line)}" alt="" width="56" height="56"><div class="grow">${line.quantity} × ${line.title}${line.variantTitle && html`<br><small>${line.variantTitle}</small>`}${lineEnd(line)}</div>
      <span>${amountIn(visit, sale, String(Number(line.price) * line.quantity))}</span></li>`,
  )}</ul>
  <dl><dt>${words.subtotal}</dt><dd>${amountIn(visit, sale, totals.lines)}</dd>
    ${Number(totals.discounts) > 0 && html`<dt>${words.discount} ${sale.discountCodes.map((one) => one.code).join(', ')}</dt><dd>−${amountIn(visit, sale, totals.discounts)}</dd>`}
    <dt>${words.shipping}</dt><dd>${Number(totals.shipping) === 0 ? words.free : amountIn(visit, sale, totals.shipping)}</dd>
    <dt class="total">${words.total}</dt><dd class="total">${amountIn(visit, sale, totals.total)}</dd></dl>`;
}

const COUNTRIES = ['FR', 'BE', 'CH', 'LU', 'GB', 'IE', 'US', 'CA', 'DE', 'ES', 'IT', 'NL'] as const;

function contactForm(visit: Visit, checkout: CheckoutRecord, error: string | null): Markup {
  const { words, root, session } = visit;
  const address = checkout.shippingAddress;
  const names = new Intl.DisplayNames(session.language, { type: 'region' });
  const field = (name: string, label: string, value: string | null | undefined, complete: string) =>
    html`<label>${label}<input name="${name}" value="${value ?? ''}" autocomplete="${complete}"></label>`;
  const chosen = address?.countryCode ?? visit.shop.record.address.countryCode;
  return html`<form method="post" action="${root}/checkouts/${checkout.token}" class="checkout-form">
    <h2>${words.contact}</h2>${error && html`<p class="error" role="alert">${error}</p>`}
    <label>${words.email}<input type="email" name="email" required value="${checkout.email ?? ''}" autocomplete="email"></label>
    <label class="check"><input type="checkbox" name="accepts" value="1"${checkout.buyerAcceptsMarketing ? raw(' checked') : ''}> ${words.accepts}</label>
    <h2>${words.delivery}</h2>
    <div class="two">${field('firstName', words.firstName, address?.firstName, 'given-name')}${field('lastName', words.lastName, address?.lastName, 'family-name')}</div>
    ${field('address1', words.address, address?.address1, 'address-line1')}
    <div class="two">${field('zip', words.zip, address?.zip, 'postal-code')}${field('city', words.city, address?.city, 'address-level2')}</div>
    <label>${words.country}<select name="countryCode">${COUNTRIES.map((code) => html`<option value="${code}"${code === chosen ? raw(' selected') : ''}>${names.of(code)}</option>`)}</select></label>
    <button>${words.continue}</button></form>`;
}

function paymentForm(visit: Visit, checkout: CheckoutRecord): Markup {
  const { words, root } = visit;
  const total = amountIn(visit, checkout, totalsOf(checkout).total);
  return html`<form method="post" action="${root}/checkouts/${checkout.token}/pay" class="checkout-form">
    <h2>${words.payment}</h2><p class="small">${words.paymentNote}</p>
    <button id="pay">${fill(words.pay, { total })}</button> <button class="plain" name="later" value="1">${words.payLater}</button></form>`;
}

/** An open checkout: contact and delivery, then payment once there is an e-mail address. */
export function renderCheckout(
  visit: Visit,
  checkout: CheckoutRecord,
  errors: { contact?: string; code?: string } = {},
): string {
  const { words, root } = visit;
  const remove = (line: LineRecord) =>
    html`<form method="post" action="${root}/checkouts/${checkout.token}/remove"><button class="plain" name="line" value="${line.id}">${words.remove}</button></form>`;
  const codes = checkout.discountCodes.map(({ code }) => code);
  const forms =
    checkout.lines.length === 0
      ? html`<p>${words.emptyCheckout}</p><a class="button" href="${root}">${words.keepShopping}</a>`
      : html`${contactForm(visit, checkout, errors.contact ?? null)}${checkout.email && paymentForm(visit, checkout)}`;
  const content = html`<div class="two-columns"><section>${forms}</section><aside>${summary(visit, checkout, remove)}${codeForm(visit, { path: `${root}/checkouts/${checkout.token}/discount`, codes, error: errors.code ?? null })}</aside></div>`;
  return renderShopPage(visit, words.checkout, content, 'checkout');
}

export function renderThanks(visit: Visit, order: OrderRecord): string {
  const { words, root } = visit;
  const text = fill(words.thanksText, { name: order.name, email: order.email ?? '–' });
  const content = html`<div class="two-columns"><section><h1>${words.thanks}</h1><p>${text}</p><a class="button" href="${root}">${words.keepShopping}</a></section>
    <aside>${summary(visit, order)}</aside></div>`;
  return renderShopPage(visit, fill(words.orderState, { name: order.name }), content, 'checkout');
}
