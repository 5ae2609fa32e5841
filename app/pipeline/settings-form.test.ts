import { describe, expect, it } from 'vitest';
import { DEFAULT_SHOP_SETTINGS } from '../domain/shop';
import { parseSettings } from './settings-form';

const address = {
  company: '',
  line1: '1 rue de la Lune',
  line2: '',
  postalCode: '75002',
  city: 'Paris',
  region: '',
  country: 'France',
};
const good = { ...DEFAULT_SHOP_SETTINGS, senderName: ' Lune ', address };

describe('the settings form', () => {
  it('takes a complete form, trimmed', () => {
    expect(parseSettings(good)).toMatchObject({ ok: true, changes: { senderName: 'Lune', address } });
  });

  it('takes an empty text for nothing', () => {
    expect(parseSettings({ ...good, replyTo: '', senderName: '  ' })).toMatchObject({
      ok: true,
      changes: { replyTo: null, senderName: null },
    });
  });

  it('makes every text storable', () => {
    expect(parseSettings({ ...good, senderName: 'L\0u\ud800ne', leftOutTags: ['\0'] })).toMatchObject({
      ok: true,
      changes: { senderName: 'L\uFFFDu\uFFFDne', leftOutTags: ['\uFFFD'] },
    });
  });

  it('takes stricter rules for countries, and each segment once', () => {
    const segment = { id: 'gid://shopify/Segment/7', name: 'Staff' };
    const checkoutCountries = { FR: 'never', US: 'earlier-buyer', CH: 'never', else: 'never' };
    expect(parseSettings({ ...good, checkoutCountries, leftOutSegments: [segment, segment] })).toMatchObject({
      ok: true,
      changes: { checkoutCountries, leftOutSegments: [segment] },
    });
  });

  it('takes a sender at the shop’s own subdomain, whatever its name', () => {
    for (const senderEmail of ['hello@mail.lune.fr', 'hello@me.lune.com', 'news@live.lune.fr'])
      expect(parseSettings({ ...good, senderEmail })).toMatchObject({ ok: true, changes: { senderEmail } });
  });

  it.each([
    [{ senderName: 'Lune\r\nBcc: c@d.example' }, 'senderName', 'line-break'],
    [{ leftOutTags: ['staff\nwholesale'] }, 'leftOutTags.0', 'line-break'],
    [{ senderEmail: 'me@gmail.com' }, 'senderEmail', 'public-mail-domain'],
    [{ senderEmail: 'me@orange.fr' }, 'senderEmail', 'public-mail-domain'],
    [{ senderEmail: 'me@lune.myshopify.com' }, 'senderEmail', 'public-mail-domain'],
    [{ senderEmail: 'nonsense' }, 'senderEmail', 'not-an-email'],
    [{ replyTo: 'a@b.example\r\nBcc: c@d.example' }, 'replyTo', 'not-an-email'],
    [{ address: { ...address, city: ' ' } }, 'address.city', 'required'],
    [{ frequency: { gapHours: 16, maxIn7Days: 0 } }, 'frequency.maxIn7Days', 'out-of-range'],
    [{ quietHours: { from: 2000, to: 480 } }, 'quietHours.from', 'out-of-range'],
    [{ attributionDays: 31 }, 'attributionDays', 'out-of-range'],
    [{ checkoutGround: 'everyone' }, 'checkoutGround', 'not-a-choice'],
    [{ checkoutCountries: { FR: 'anyone' } }, 'checkoutCountries.FR', 'wider-than-country'],
    [{ checkoutCountries: { CH: 'anyone' } }, 'checkoutCountries.CH', 'wider-than-country'],
    [{ checkoutCountries: { else: 'anyone' } }, 'checkoutCountries.else', 'wider-than-country'],
    [{ checkoutCountries: { US: 'sometimes' } }, 'checkoutCountries.US', 'not-a-choice'],
    [{ languages: { use: [], fallback: null } }, 'languages.use', 'no-language'],
    [{ languages: { use: ['fr'], fallback: 'en' } }, 'languages.fallback', 'language-not-used'],
    [{ leftOutSegments: [{ id: '12', name: 'Staff' }] }, 'leftOutSegments.0.id', 'malformed'],
  ])('refuses %j at its field', (change, path, code) => {
    expect(parseSettings({ ...good, ...change })).toMatchObject({
      ok: false,
      errors: [expect.objectContaining({ path, code })],
    });
  });
});
