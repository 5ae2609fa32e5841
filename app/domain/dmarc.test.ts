import { expect, it } from 'vitest';
import { dmarcNames, readDmarc } from './dmarc';

it('is looked for at the domain and above it, never where anybody may register', () => {
  expect(dmarcNames('Mail.Lune.example')).toEqual(['_dmarc.mail.lune.example', '_dmarc.lune.example']);
  expect(dmarcNames('lune.co.uk')).toEqual(['_dmarc.lune.co.uk']);
});

it('is looked for at eight names at most', () => {
  const names = dmarcNames(`${'a.'.repeat(100)}lune.example`);
  expect([names.length, names[0], names.at(-1)]).toEqual([
    8,
    `_dmarc.${'a.'.repeat(100)}lune.example`,
    '_dmarc.lune.example',
  ]);
});

it.each([
  [['v=DMARC1; p=none'], { state: 'found', policy: 'none' }],
  [['v=DMARC1;p=Reject; rua=mailto:a@lune.example'], { state: 'found', policy: 'reject' }],
  [['v=spf1 -all', 'v=DMARC1; sp=none; p=quarantine;'], { state: 'found', policy: 'quarantine' }],
  [['v=DMARC1; sp=none'], { state: 'malformed' }],
  [['v=DMARC1; p=maybe'], { state: 'malformed' }],
  [['v=DMARC1; p=none', 'v=DMARC1; p=reject'], { state: 'malformed' }],
])('reads %j', (records, found) => {
  expect(readDmarc('_dmarc.lune.example', records)).toEqual({ ...found, at: 'lune.example' });
});

it('says nothing where no record is about it', () => {
  expect(readDmarc('_dmarc.lune.example', [])).toBeNull();
  expect(readDmarc('_dmarc.lune.example', ['google-site-verification=abc'])).toBeNull();
});
