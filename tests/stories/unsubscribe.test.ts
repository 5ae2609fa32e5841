/** Leaving: by the mailbox's button, by the page behind the link, at once, for ever, and told to Shopify. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Mail } from '../harness/mailbox';
import type { Shopper } from '../harness/shopper';
import { type Product, type Store, switchOn } from '../harness/store';
import { courseOf, only } from './course';
import { enterWorld } from './enter-world';

const world = await enterWorld();
let store: Store;
let candle: Product;

beforeAll(async () => {
  await world.advanceToTime('10:00');
  store = await world.openStore({ handle: 'leaving', name: 'Maison Tilleul', locale: 'fr' });
  candle = await store.stock({ title: 'Bougie Tilleul', price: '29.00' });
  await store.install();
  await world.settle();
  await switchOn(store, 'welcome', 'abandoned-checkout');
}, 60_000);

let count = 0;
let shopper: Shopper;
let mail: Mail;

/** Somebody who just subscribed and got the first welcome. */
async function newSubscriber(locale = 'fr'): Promise<Shopper> {
  count += 1;
  const person = store.stranger({ email: `leaver-${count}@example.com`, locale });
  await person.subscribe();
  await world.settle();
  return person;
}

beforeEach(async () => {
  shopper = await newSubscriber();
  mail = only(await shopper.mails());
});

const unsubscribeUrl = (of: Mail) => /^<(.+)>$/.exec(of.headers['List-Unsubscribe'] ?? '')?.[1] ?? '';
const preferencesUrl = (of: Mail) => /https?:\/\/\S+\/preferences\/[\w.-]+/.exec(of.text)?.[0] ?? '';

/** What the app holds, at once, without waiting for anything. */
async function consentHere(person = shopper): Promise<string | undefined> {
  const rows = await store.ask<{ consentState: string }>('select consent_state from customers where id = $1', [
    person.id(),
  ]);
  return rows[0]?.consentState;
}

async function consentAtShopify(person = shopper): Promise<string> {
  return (await store.look<{ consent: { state: string } }>(`customers/${person.id()}`)).consent.state;
}

const choose = (form: Record<string, string>) =>
  fetch(preferencesUrl(mail), { method: 'POST', body: new URLSearchParams(form) });

describe('the mailbox’s unsubscribe button', () => {
  it('is in force before it is answered, ends what was to come, and reaches Shopify', async () => {
    expect(await world.mailbox.unsubscribe(mail)).toBe(200);
    expect(await consentHere()).toBe('unsubscribed');
    await world.settle();
    expect(await consentAtShopify()).toBe('UNSUBSCRIBED');
    expect(await courseOf(shopper)).toEqual(['hello sent', 'ended: unsubscribed']);
  });

  it('may be pressed twice', async () => {
    expect(await world.mailbox.unsubscribe(mail)).toBe(200);
    expect(await world.mailbox.unsubscribe(mail)).toBe(200);
    await world.settle();
    expect(await courseOf(shopper)).toEqual(['hello sent', 'ended: unsubscribed']);
  });

  it('needs no body and no cookie', async () => {
    const answer = await fetch(unsubscribeUrl(mail), { method: 'POST', redirect: 'manual' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(await consentHere()).toBe('unsubscribed');
  });

  it('holds back an e-mail that is planned already', async () => {
    await world.advanceToTime('22:30');
    const owl = await newSubscriber();
    await owl.abandon([candle]);
    await world.advance('90min');
    await world.mailbox.unsubscribe(only(await owl.mails()));
    await world.advanceToTime('10:00');
    expect(await owl.mails()).toHaveLength(1);
  });

  it('is carried to Shopify later when Shopify is out of reach', async () => {
    await world.trouble({ shopify: { down: true } });
    expect(await world.mailbox.unsubscribe(mail)).toBe(200);
    expect(await consentHere()).toBe('unsubscribed');
    expect(await consentAtShopify()).toBe('SUBSCRIBED');
    await world.trouble({ shopify: { down: false } });
    await world.settle();
    expect(await consentAtShopify()).toBe('UNSUBSCRIBED');
    expect(await consentHere()).toBe('unsubscribed');
  });

  it('speaks for one store alone', async () => {
    const other = await world.openStore({ handle: 'leaving-other', locale: 'fr' });
    await other.install();
    await world.settle();
    await switchOn(other, 'welcome');
    const same = other.stranger({ email: shopper.email });
    await same.subscribe();
    await world.settle();
    await world.mailbox.unsubscribe(mail);
    await world.settle();
    const rows = await other.ask<{ consentState: string }>('select consent_state from customers');
    expect(rows).toEqual([{ consentState: 'subscribed' }]);
  });
});

describe('opening the link', () => {
  it('changes nothing: mail scanners open every link', async () => {
    for (const method of ['GET', 'HEAD'])
      for (const url of [unsubscribeUrl(mail), preferencesUrl(mail)]) {
        const answer = await fetch(url, { method });
        expect(answer.status).toBe(200);
      }
    await world.settle();
    expect(await consentHere()).toBe('subscribed');
    expect(await courseOf(shopper)).toEqual(['hello sent']);
  });

  it('shows a page in the shopper’s language, without login', async () => {
    const english = only(await (await newSubscriber('en')).mails());
    expect(await (await fetch(preferencesUrl(english))).text()).toContain('<html lang="en"');
    const french = await (await fetch(preferencesUrl(mail))).text();
    expect(french).toContain('<html lang="fr"');
    expect(french).toContain('Maison Tilleul');
  });

  it.each(['unsubscribe', 'preferences'])('with a forged token is refused plainly at /%s', async (page) => {
    const good = unsubscribeUrl(mail).split('/').at(-1) ?? '';
    const [payload = '', signature = ''] = good.split('.');
    const forged = Buffer.from(Buffer.from(payload, 'base64url').toString().replace(/\d+$/, '1')).toString('base64url');
    for (const token of [`${forged}.${signature}`, `${payload}.`, 'x', '%00', 'a'.repeat(5000)]) {
      for (const method of ['GET', 'POST']) {
        const answer = await fetch(`${world.stack.appUrl}/${page}/${token}`, { method });
        expect(answer.status).toBeGreaterThanOrEqual(400);
        expect(answer.status).toBeLessThan(500);
      }
    }
    expect(await consentHere()).toBe('subscribed');
  });
});

describe('the preference page', () => {
  it('can say none at all', async () => {
    expect((await choose({ none: '1' })).status).toBe(200);
    expect(await consentHere()).toBe('unsubscribed');
    await world.settle();
    expect(await consentAtShopify()).toBe('UNSUBSCRIBED');
    expect(await courseOf(shopper)).toEqual(['hello sent', 'ended: unsubscribed']);
  });

  it('can say no to one kind and keep the others', async () => {
    expect((await choose({ kind: 'abandoned-checkout' })).status).toBe(200);
    expect(await courseOf(shopper)).toEqual(['hello sent', 'ended: kind-refused']);
    expect(await consentHere()).toBe('subscribed');
    expect(await (await fetch(preferencesUrl(mail))).text()).toMatch(
      /value="abandoned-checkout"[^>]*checked|checked[^>]*value="abandoned-checkout"/,
    );
  });

  it('can take a refusal back in so many words, and Shopify learns of it once it is no news to greet', async () => {
    await world.mailbox.unsubscribe(mail);
    await world.settle();
    expect((await choose({ kind: 'welcome' })).status).toBe(200);
    expect(await consentHere()).toBe('unsubscribed');
    expect(await (await choose({ kind: 'welcome', subscribe: '1' })).text()).toContain('maintenant inscrite');
    await world.settle();
    expect(await consentHere()).toBe('subscribed');
    expect(await consentAtShopify()).toBe('UNSUBSCRIBED');
    await world.advance('49h');
    expect(await consentAtShopify()).toBe('SUBSCRIBED');
    expect(await consentHere()).toBe('subscribed');
    expect(await shopper.mails()).toHaveLength(1);
  });
});

it('the language chosen there is that of the next e-mail, and of the page', async () => {
  await choose({ kind: 'abandoned-checkout', language: 'en' });
  expect(await (await fetch(preferencesUrl(mail))).text()).toContain('<html lang="en"');
  await shopper.abandon([candle]);
  await world.advance('24h');
  expect((await shopper.mails()).at(-1)?.untrackedHtml).toMatch(/lang="en/);
});

it('a link still works after half a year', async () => {
  await world.advance('180d');
  expect((await fetch(preferencesUrl(mail))).status).toBe(200);
  expect(await world.mailbox.unsubscribe(mail)).toBe(200);
  expect(await consentHere()).toBe('unsubscribed');
  await world.settle();
  expect(await consentAtShopify()).toBe('UNSUBSCRIBED');
});
