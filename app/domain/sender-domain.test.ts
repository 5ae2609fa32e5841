import { describe, expect, it } from 'vitest';
import { isOwnDomain, isPublicMailDomain, proposeSender, readDomain } from './sender-domain';

describe('a public mail domain', () => {
  it.each([
    ...[
      'gmail.com',
      'Yahoo.co.uk',
      'yahoo.com.br',
      'hotmail.fr',
      'live.com',
      'outlook.de',
      'gmx.net',
      'me.com',
      'mail.com',
    ],
    ...['orange.fr', 'free.fr', 'laposte.net', 'web.de', 'proton.me', 'myshopify.com', 'lune.myshopify.com'],
  ])('is %s', (domain) => expect(isPublicMailDomain(domain)).toBe(true));

  it.each([
    ...['mail.lune.fr', 'web.lune.fr', 'live.lune.fr', 'me.lune.com', 'free.lune.co.uk', 'orange.lune.fr'],
    ...['lune.fr', 'gmail.lune.com', 'mygmail.com', 'free.com', 'me.co', 'notmyshopify.com'],
  ])('is not %s', (domain) => expect(isPublicMailDomain(domain)).toBe(false));
});

describe('a domain of the shop’s own', () => {
  it.each([
    ['brand.com', 'brand.com'],
    ['em.brand.com', 'brand.com'],
    ['EM.Brand.com', 'Brand.COM'],
    ['brand.com', 'www.brand.com'],
    ['em.brand.com', 'www.brand.com'],
    ['mail.brand.co.uk', 'brand.co.uk'],
    ['shop.brand.com', 'shop.brand.com'],
  ])('%s is, of %s', (domain, name) => expect(isOwnDomain(domain, ['', name])).toBe(true));

  it.each([
    ['brand.com', 'shop.brand.com'],
    ['com', 'brand.com'],
    ['otherbrand.com', 'brand.com'],
    ['brand.com.evil.example', 'brand.com'],
    ['myshopify.com', 'lune.myshopify.com'],
    ['other.myshopify.com', 'lune.myshopify.com'],
    ['lune.myshopify.com', 'lune.myshopify.com'],
    ['em.gmail.com', 'gmail.com'],
    ['brand.co.uk', 'www.co.uk'],
    ['brand.com', 'www.com'],
    ['', ''],
  ])('%s is not, of %s', (domain, name) => expect(isOwnDomain(domain, [name])).toBe(false));
});

describe('a domain as it is typed', () => {
  it.each([
    ['Lune.example', 'lune.example'],
    [' https://www.lune.example/collections?x=1 ', 'lune.example'],
    ['bonjour@mail.lune.example', 'mail.lune.example'],
    ['lune.example.', 'lune.example'],
    ['épicerie.fr', 'xn--picerie-9xa.fr'],
  ])('is read from %s', (typed, read) => expect(readDomain(typed)).toBe(read));

  it.each(['', 'lune', 'co.uk', 'lune example.fr', '127.0.0.1', 'lune_.example', 'javascript:alert(1)'])(
    'is none in "%s"',
    (typed) => expect(readDomain(typed)).toBeNull(),
  );
});

describe('the proposed sender', () => {
  it.each([
    [['https://www.lune.example', 'lea@lune.example'], { domain: 'lune.example', mailbox: 'lea' }],
    [['https://lune.example', 'lea@gmail.com'], { domain: 'lune.example', mailbox: 'bonjour' }],
    [['https://lune.myshopify.com', 'lea@lune.example'], { domain: 'lune.example', mailbox: 'lea' }],
    [['https://lune.myshopify.com', 'lea@gmail.com'], { domain: '', mailbox: 'bonjour' }],
  ])('of %j', (names, proposed) => expect(proposeSender(names, 'bonjour')).toEqual(proposed));
});
