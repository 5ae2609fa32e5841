// The shopper's account: signing up and in by address alone, orders, consent, language, date of birth.
import { html, raw } from '../admin/html';
import type { CustomerRecord } from '../shopify/records';
import { currentTotal } from '../shopify/totals';
import { renderShopPage } from './layout';
import { priceText, type Visit } from './visit';
import { fill } from './words';

function languageField(visit: Visit, current: string) {
  const option = (code: string, name: string) =>
    html`<option value="${code}"${current.startsWith(code) ? raw(' selected') : ''}>${name}</option>`;
  return html`<label>${visit.words.language}<select name="locale">${option('fr', 'Français')}${option('en', 'English')}${option('de', 'Deutsch')}${option('es', 'Español')}</select></label>`;
}

export function renderSignIn(visit: Visit, error: string | null = null): string {
  const { words, root, session } = visit;
  return renderShopPage(
    visit,
    words.account,
    html`${error && html`<p class="error" role="alert">${error}</p>`}<div class="two-columns even">
    <form method="post" action="${root}/account/sign-in" class="checkout-form"><h2>${words.signIn}</h2><p class="small">${words.signInText}</p>
      <label>${words.email}<input type="email" name="email" required autocomplete="email"></label><button>${words.signIn}</button></form>
    <form method="post" action="${root}/account/sign-up" class="checkout-form"><h2>${words.signUp}</h2>
      <div class="two"><label>${words.firstName}<input name="firstName" autocomplete="given-name"></label><label>${words.lastName}<input name="lastName" autocomplete="family-name"></label></div>
      <label>${words.email}<input type="email" name="email" required autocomplete="email"></label>
      ${languageField(visit, session.language)}
      <label>${words.birthDate}<input type="date" name="birthDate" autocomplete="bday"></label>
      <label class="check"><input type="checkbox" name="accepts" value="1"> ${words.accepts}</label><button>${words.signUp}</button></form></div>`,
  );
}

export function birthDateOf(customer: CustomerRecord): string {
  return customer.metafields.find((field) => field.namespace === 'facts' && field.key === 'birth_date')?.value ?? '';
}

export function renderAccount(visit: Visit, customer: CustomerRecord): string {
  const { words, root, shop, session } = visit;
  const name = customer.firstName ?? customer.email ?? '';
  const isOn = customer.consent.state === 'SUBSCRIBED';
  const orders = shop.ordersOf(customer.id).toReversed();
  const date = new Intl.DateTimeFormat(session.language, { dateStyle: 'long', timeZone: shop.record.timezone });
  const content = html`<h1>${fill(words.hello, { name })}</h1><div class="two-columns even">
    <section><h2>${words.orders}</h2>${orders.length === 0 ? html`<p>${words.noOrders}</p>` : html`<ul class="lines">${orders.map((order) => html`<li><a class="grow" href="${root}/orders/${order.token}">${order.name} · ${date.format(new Date(order.createdAt))}</a><span>${priceText(visit, currentTotal(order))}</span></li>`)}</ul>`}</section>
    <section><form method="post" action="${root}/account/consent" class="checkout-form"><h2>${words.consent}</h2><p>${isOn ? words.consentOn : words.consentOff}</p>
        <button name="state" value="${isOn ? 'off' : 'on'}">${isOn ? words.unsubscribe : words.subscribe}</button></form>
      <form method="post" action="${root}/account" class="checkout-form">${languageField(visit, customer.locale)}
        <label>${words.birthDate}<input type="date" name="birthDate" value="${birthDateOf(customer)}" autocomplete="bday"></label><button>${words.saveContact}</button></form>
      <form method="post" action="${root}/account/sign-out"><button class="plain">${words.signOut}</button></form></section></div>`;
  return renderShopPage(visit, words.account, content);
}

/** Shopify's own page on e-mail opens, reached by the address the API tells. */
export function renderOpenTracking(visit: Visit, customer: CustomerRecord): string {
  const { words, root } = visit;
  const isOn = customer.openTracking === 'OPTED_IN';
  return renderShopPage(
    visit,
    words.openTracking,
    html`<h1>${words.openTracking}</h1><form method="post" action="${root}/account/open-tracking?token=${customer.id}" class="checkout-form">
      <p>${isOn ? words.openTrackingOn : words.openTrackingOff}</p>
      <button name="state" value="${isOn ? 'off' : 'on'}">${isOn ? words.openTrackingStop : words.openTrackingStart}</button></form>`,
  );
}
