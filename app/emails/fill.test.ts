import { describe, expect, it } from 'vitest';
import { type Arm, armOf } from './arm';
import { compileEmail } from './compile';
import type { Block, EmailContent } from './content';
import { type FilledEmail, fillEmail } from './fill';
import { emailFindings } from './findings';
import { sampleBrand, sampleValues } from './sample';
import { EmailValuesError } from './scope';
import type { EmailValues } from './values';

type Texts = { subject?: string; text?: string };

function contentWith({ subject = 'Objet', text = 'Texte' }: Texts, blocks: Block[] = []): EmailContent {
  return {
    key: 'test',
    subject: { fr: subject, en: subject },
    previewText: { fr: 'Aperçu', en: 'Preview' },
    blocks: [{ id: 'text', type: 'text', text: { fr: text, en: text } }, ...blocks, { id: 'footer', type: 'footer' }],
  };
}

async function fill(content: EmailContent, changes: Partial<EmailValues> = {}): Promise<FilledEmail> {
  const values = { ...sampleValues('fr'), ...changes };
  const compiled = await compileEmail({ content, brand: sampleBrand(), language: 'fr', arm: armOf(content, values) });
  return fillEmail(compiled, values);
}

const cart: Block = { id: 'cart', type: 'cart', max: 3 };

describe('what a code gives', () => {
  it('begins its own line with a capital, and stands small in a sentence', async () => {
    const { html, text, subject } = await fill(
      contentWith({ subject: 'Pour vous[ : {code_description}]' }, [
        { id: 'code', type: 'code', text: { fr: 'Voici', en: 'Here' } },
      ]),
      { code: { code: 'A', description: 'livraison offerte', endsOn: null } },
    );
    expect(subject).toBe('Pour vous\u00a0: livraison offerte');
    expect(html).toContain('>Livraison offerte<');
    expect(text).toContain('\nLivraison offerte\n');
  });
});

describe('a text with variables', () => {
  it.each([
    ['Bonjour[ {first_name}],', 'Camille', 'Bonjour Camille,'],
    ['Bonjour[ {first_name}],', null, 'Bonjour,'],
    ['Bonjour[ {first_name}],', '  ', 'Bonjour,'],
    ['Bonjour {first_name|à vous},', null, 'Bonjour à vous,'],
    ['[Pour {first_name} : ]{product_title|votre panier}', null, 'Bougie Figuier'],
    ['[nouveau] chez {shop_name}', null, '[nouveau] chez Maison Tilleul'],
    ['Un prix de 10 % !', null, 'Un prix de 10\u00a0%\u00a0!'],
    ["C'est l'heure", null, 'C’est l’heure'],
  ])('%j for %j reads %j', async (subject, firstName, expected) => {
    expect((await fill(contentWith({ subject }), { firstName })).subject).toBe(expected);
  });

  it('takes a name that is an advertisement for no name', async () => {
    const filled = await fill(contentWith({ subject: 'Bonjour[ {first_name}]' }), {
      firstName: 'Win $500 http://x.example',
    });
    expect(filled.subject).toBe('Bonjour');
  });

  it('cuts a name no subject needs whole', async () => {
    const { subject } = await fill(contentWith({ subject: '{first_name|x}' }), { firstName: 'é'.repeat(10_000) });
    expect(subject).toBe(`${'é'.repeat(79)}…`);
  });

  it('escapes one value for each place it stands in', async () => {
    const content = contentWith({ subject: '{first_name|x}', text: '{first_name|x}' });
    const { subject, html, text } = await fill(content, { firstName: 'Tom & "Jerry"\r\n<b>' });
    expect(subject).toBe('Tom & "Jerry" <b>');
    expect(text).toContain('Tom & "Jerry" <b>');
    expect(html).toContain('Tom &amp; &quot;Jerry&quot; &lt;b&gt;');
    expect(html).not.toContain('<b>');
  });

  it('keeps HTML an owner typed as the words they typed', async () => {
    const { html, text } = await fill(contentWith({ text: 'a < b <script>x</script> & c' }));
    expect(html).toContain('a &lt; b &lt;script&gt;x&lt;/script&gt; &amp; c');
    expect(text).toContain('a < b <script>x</script> & c');
  });
});

describe('the cart', () => {
  it('says how many items it does not show', async () => {
    const [item] = sampleValues('fr').items;
    if (!item) throw new Error('The sample has items');
    const five = await fill(contentWith({}, [cart]), { items: Array.from({ length: 5 }, () => item) });
    const three = await fill(contentWith({}, [cart]), { items: Array.from({ length: 3 }, () => item) });
    expect(five.text).toContain('et 2 autres articles');
    expect(five.text.split('Bougie Figuier').length - 1).toBe(3);
    expect(three.text).not.toContain('autres articles');
  });

  it('tells true low stock, and of an item that is gone only that', async () => {
    const [item] = sampleValues('fr').items;
    if (!item) throw new Error('The sample has items');
    const { text } = await fill(contentWith({}, [cart]), {
      items: [
        { ...item, title: 'Rare', lowStock: 1 },
        { ...item, title: 'Parti', lowStock: 2, unavailable: true },
      ],
    });
    expect(text).toContain('Il n’en reste qu’un');
    expect(text).toContain('Indisponible pour le moment');
    expect(text).not.toContain('Il n’en reste que 2');
  });

  it('says the price of one piece and how many there are', async () => {
    const [item] = sampleValues('fr').items;
    if (!item) throw new Error('The sample has items');
    const { text } = await fill(contentWith({}, [cart]), { items: [{ ...item, quantity: 3, price: '9,00\u00a0€' }] });
    expect(text).toContain('3\u00a0×\u00a09,00\u00a0€');
  });

  it('shows a product without picture or page all the same', async () => {
    const [item] = sampleValues('fr').items;
    if (!item) throw new Error('The sample has items');
    const { html } = await fill(contentWith({}, [cart]), {
      items: [{ ...item, title: 'Sans image', imageUrl: null, url: 'javascript:alert(1)' }],
    });
    expect(html).not.toContain('<img');
    expect(html).not.toContain('javascript:');
    expect(html).toContain('href="https://shop.example/?utm_source=relance&amp;utm_medium=email"');
  });
});

describe('a block', () => {
  const shelf: Block = {
    id: 'shelf',
    type: 'products',
    source: 'most-bought',
    layout: 'grid',
    max: 4,
    title: { fr: 'Nos favoris', en: 'Favorites' },
  };

  it('disappears with its title when it has nothing to show', async () => {
    expect((await fill(contentWith({}, [shelf]))).text).toContain('Nos favoris');
    expect((await fill(contentWith({}, [shelf]), { mostBought: [] })).text).not.toContain('Nos favoris');
  });

  it('fills the last row of a grid up, so that a lone product keeps its width', async () => {
    const products = sampleValues('fr').mostBought;
    const cells = async (count: number) =>
      (await fill(contentWith({}, [shelf]), { mostBought: products.slice(0, count) })).html.split('width="50%"')
        .length - 1;
    expect(await Promise.all([1, 2, 3, 4].map(cells))).toEqual([2, 2, 4, 4]);
  });

  it('is shown only where its conditions hold', async () => {
    const content = contentWith({}, [
      { id: 'new', type: 'text', when: ['not:boughtAtCheckout'], text: { fr: 'Première visite', en: 'First visit' } },
      { id: 'bought', type: 'text', when: ['boughtAtCheckout'], text: { fr: 'Merci de votre achat', en: 'Thanks' } },
    ]);
    const { text } = await fill(content, { boughtAtCheckout: true });
    expect(text).toContain('Merci de votre achat');
    expect(text).not.toContain('Première visite');
  });

  it('sends the campaign along to the store only, never to other sites', async () => {
    const to = (id: string, url: string): Block => ({
      id,
      type: 'button',
      label: { fr: id, en: id },
      link: { to: 'url', url },
    });
    const { text } = await fill(
      contentWith({}, [to('ours', 'https://shop.example/new?a=1#top'), to('theirs', 'https://press.example/us')]),
    );
    expect(text).toContain('https://shop.example/new?a=1&utm_source=relance&utm_medium=email#top');
    expect(text).toContain('https://press.example/us\n');
  });
});

describe('the address of a product', () => {
  it('stands whole in the text part too, however long it is', async () => {
    const [item] = sampleValues('fr').items;
    const url = `https://shop.example/products/${'%E9%BA%BB'.repeat(40)}`;
    const { text } = await fill(contentWith({}, [cart]), { items: item ? [{ ...item, url }] : [], linkQuery: '' });
    expect(text).toContain(`${url}\n`);
  });
});

describe('an e-mail that cannot be right', () => {
  it.each(['unsubscribe', 'preferences', 'store'] as const)('is refused without its %s link', async (name) => {
    const links = { ...sampleValues('fr').links, [name]: 'javascript:alert(1)' };
    await expect(fill(contentWith({}), { links })).rejects.toThrow(EmailValuesError);
  });

  it('is refused for values that need another arm', async () => {
    const content = contentWith({}, [cart]);
    const arm: Arm = [];
    const compiled = await compileEmail({ content, brand: sampleBrand(), language: 'fr', arm });
    expect(() => fillEmail(compiled, sampleValues('fr'))).toThrow('was compiled for []');
  });

  it('says that the postal address is missing, and that a mail is too large', async () => {
    const content = contentWith({ text: 'mot '.repeat(990) }, [
      ...Array.from(
        { length: 30 },
        (_, index): Block => ({
          id: `long-${index}`,
          type: 'text',
          text: { fr: 'mot '.repeat(990), en: 'word '.repeat(790) },
        }),
      ),
    ]);
    const brand = { ...sampleBrand(), postalAddress: null };
    const values = sampleValues('fr');
    const compiled = await compileEmail({ content, brand, language: 'fr', arm: armOf(content, values) });
    expect(emailFindings(compiled, fillEmail(compiled, values)).map(({ code }) => code)).toEqual([
      'too-large',
      'missing-address',
    ]);
  });
});
