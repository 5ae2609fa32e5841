import { expect, test } from 'vitest';
import { DEFAULT_SHOP_SETTINGS, type ShopSettings } from '../domain/shop';
import { changesOf, follow, fromForm, NO_ADDRESS, toForm } from './settings-form';

const shopAddress = { ...NO_ADDRESS, company: 'Maison Tilleul', line1: '3 rue Haute', city: 'Lyon' };

test('settings go through the form and come back the same', () => {
  const settings: ShopSettings = {
    ...DEFAULT_SHOP_SETTINGS,
    senderName: 'Tilleul',
    leftOutTags: ['staff', 'en gros'],
    leftOutSegments: [{ id: 'gid://shopify/Segment/7', name: 'Équipe' }],
    checkoutCountries: { FR: 'never' },
    languages: { use: ['fr'], fallback: null },
  };
  const back = fromForm(toForm(settings, null), null);
  const { brand: _, ...others } = settings;
  expect(back).toEqual({ ...others, senderEmail: '', replyTo: '' });
});

test.each<ShopSettings['birthDateFrom']>([
  { from: 'metafield', key: 'facts.birth_date' },
  { from: 'metafield', key: 'loyalty.born' },
  { from: 'tag', prefix: 'birthday:' },
])('birth dates in %j come back the same', (birthDateFrom) => {
  const form = toForm({ ...DEFAULT_SHOP_SETTINGS, birthDateFrom }, null);
  expect(fromForm(form, null).birthDateFrom).toEqual(birthDateFrom);
});

test('the address of the shop stays the shop’s as long as nobody changes it', () => {
  const form = toForm(DEFAULT_SHOP_SETTINGS, shopAddress);
  expect(form.address.line1).toBe('3 rue Haute');
  expect(fromForm(form, shopAddress).address).toBeNull();
  expect(fromForm({ ...form, address: { ...form.address, city: 'Paris' } }, shopAddress).address?.city).toBe('Paris');
});

test('what is no number or time travels as nothing, for the server to refuse', () => {
  const form = { ...toForm(DEFAULT_SHOP_SETTINGS, null), gapHours: 'often', quietFrom: '' };
  expect(fromForm(form, null)).toMatchObject({ frequency: { gapHours: null }, quietHours: { from: null } });
});

test('of what was saved elsewhere meanwhile nothing is undone: only what was changed here travels, and the form follows', () => {
  const opened = toForm({ ...DEFAULT_SHOP_SETTINGS, senderName: 'Tilleul', attributionDays: 5 }, shopAddress);
  const form = { ...opened, gapHours: '20', birthDatesIn: 'tag' as const, birthDatePrefix: 'born:' };
  expect(changesOf(opened, opened, shopAddress)).toEqual({});
  expect(changesOf(form, opened, shopAddress)).toEqual({
    frequency: { ...DEFAULT_SHOP_SETTINGS.frequency, gapHours: 20 },
    birthDateFrom: { from: 'tag', prefix: 'born:' },
  });
  const meanwhile = { ...opened, senderEmail: 'hello@tilleul.example', gapHours: '16' };
  expect(follow(form, opened, meanwhile)).toEqual({ ...form, senderEmail: 'hello@tilleul.example' });
});
