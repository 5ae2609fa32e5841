import { describe, expect, test } from 'vitest';
import { PREBUILT_EMAILS } from '../scenarios/emails';
import { armOf } from './arm';
import { type Brand, defaultBrand, withChoices } from './brand';
import { compileBare, compileEmail } from './compile';
import type { EmailContent } from './content';
import { dressEmail, lookOf } from './dress';
import { fillEmail } from './fill';
import { sampleValues } from './sample';

const both = (text: string) => ({ fr: text, en: text });

const everywhere: EmailContent = {
  key: 'everywhere',
  subject: both('{shop_name}: [for {first_name} from {shop_name}]'),
  previewText: both('{shop_name}'),
  blocks: [
    { id: 'header', type: 'header' },
    { id: 'heading', type: 'heading', level: 1, text: both('x{shop_name}y {shop_name} !') },
    {
      id: 'text',
      type: 'text',
      text: both('{shop_name}\n{shop_name}{first_name|you}{shop_name}\n\n {shop_name}  and'),
    },
    { id: 'button', type: 'button', label: both('{shop_name}'), link: { to: 'url', url: 'https://shop.example/a' } },
    { id: 'other', type: 'button', label: both('Go'), link: { to: 'url', url: 'https://other.example/a' } },
    { id: 'picture', type: 'image', url: 'https://cdn.example/i.png', alt: both('At {shop_name}') },
    { id: 'choice', type: 'preferences', text: both('{shop_name}?'), label: both('From {shop_name}') },
    { id: 'footer', type: 'footer', text: both('{shop_name} {shop_name}') },
  ],
};

function brandOf(name: string, changes: Partial<Brand> = {}): Brand {
  const base = defaultBrand({
    name,
    storeUrl: 'https://shop.example/',
    postalAddress: '12 rue des Tilleuls\n69004 Lyon',
  });
  return { ...base, ...changes };
}

const withButton = (brand: Brand): Brand => ({
  ...brand,
  colors: { ...brand.colors, button: '#112233', link: '#112233' },
});

const link = (name: string) => ({ name, url: `https://www.instagram.com/${encodeURIComponent(name)}?a=1&b=2` });

/** All that a theme can say. */
function whole(brand: Brand): Brand {
  return withChoices(brand, {
    logo: { url: 'https://cdn.example/l.png', width: 90 },
    buttonColor: '#aa3300',
    buttonTextColor: '#fff0ee',
    background: '#eef2ff',
    textColor: '#001133',
    headingFont: 'mono',
    bodyFont: 'book',
    radius: 14,
    socialLinks: ['https://www.instagram.com/shop?a=1&b=2', 'https://www.tiktok.com/@shop'],
  });
}

/** Rendered for this brand alone, with nothing of it in slots. */
async function renderedAlone(content: EmailContent, brand: Brand) {
  const values = sampleValues('fr', { withCode: true });
  const arm = armOf(content, values);
  const bare = await compileBare({ content, brand, language: 'fr', arm });
  return fillEmail(dressEmail(bare, brand, new Map()), values);
}

async function rendered(content: EmailContent, brand: Brand) {
  const values = sampleValues('fr', { withCode: true });
  return fillEmail(await compileEmail({ content, brand, language: 'fr', arm: armOf(content, values) }), values);
}

describe('a shop’s look', () => {
  test.each([
    ['a plain one', brandOf('Maison Tilleul')],
    ['signs of HTML', brandOf('Fils & Co "l\'été" <b>', { logoUrl: 'https://cdn.example/l.png?a=1&b=2' })],
    ['what reads as an entity', brandOf('Fils &amp; Co', { logoUrl: 'https://cdn.example/l.png', logoWidth: 90 })],
    ['spaces and line breaks', brandOf('  Two  spaces\tand\nlines ', { postalAddress: ' 5 rue  A \r\n\n c ,d' })],
    ['no address', brandOf('Shop', { postalAddress: null })],
    ['an address of nothing', brandOf('Shop', { postalAddress: '  \n ' })],
    ['letters of every kind', brandOf('Ünïcode 店 😀 $& $1 -->', { storeUrl: 'https://other.example/x' })],
    ['a color of its own', withButton(brandOf('Shop'))],
    ['a whole look', whole(brandOf('Shop'))],
    ['links of which one is too odd for a slot', { ...brandOf('Shop'), social: [link('Insta'), link('a  b')] }],
  ])('gives the same e-mail as a rendering for it alone: %s', async (_what, brand) => {
    for (const content of [everywhere, ...PREBUILT_EMAILS['abandoned-checkout'].slice(0, 1)])
      expect(await rendered(content, brand)).toEqual(await renderedAlone(content, brand));
  });

  test('shares one rendering with every shop whose name, address and colors differ only', () => {
    const [content] = PREBUILT_EMAILS.welcome;
    if (!content) throw new Error('no welcome e-mail');
    const one = brandOf('Maison Tilleul');
    const other = withButton(
      brandOf('Fils & Co', { storeUrl: 'https://x.example/', postalAddress: 'a\nb\nc', version: 9 }),
    );
    const { logoUrl, radius } = one;
    expect(lookOf({ ...whole(one), logoUrl, radius }, content).shape).toEqual(lookOf(one, content).shape);
    expect(lookOf(other, content).shape).toEqual(lookOf(one, content).shape);
  });

  test('is rendered apart where it changes the markup', () => {
    const one = lookOf(brandOf('Shop'), everywhere).shape;
    for (const changes of [
      { logoUrl: 'https://cdn.example/l.png' },
      { postalAddress: null },
      { storeUrl: 'https://other.example/' },
      { radius: 0 },
    ])
      expect(lookOf(brandOf('Shop', changes), everywhere).shape).not.toEqual(one);
  });
});
