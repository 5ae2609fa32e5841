import { expect, it } from 'vitest';
import type { EmailContent } from './content';
import { addressesOf, textsOf } from './places';

const words = (text: string) => ({ fr: `${text} fr`, en: text });
const content: EmailContent = {
  key: 'own-1',
  subject: words('Hello'),
  previewText: words('See'),
  subjectVariants: [{ when: ['hasCode'], subject: words('A code'), previewText: words('Inside') }],
  blocks: [
    {
      id: 'lead',
      type: 'text',
      text: { fr: 'Voir [ici](https://a.example/fr)', en: 'See [it](store) or [us](https://a.example/en)' },
    },
    { id: 'go', type: 'button', label: words('Go'), link: { to: 'url', url: 'https://b.example/' } },
    { id: 'home', type: 'button', label: words('Home'), link: { to: 'store' } },
    {
      id: 'photo',
      type: 'image',
      url: 'https://c.example/1.png',
      alt: words('Photo'),
      link: { to: 'url', url: 'https://c.example/' },
    },
    {
      id: 'two',
      type: 'columns',
      columns: [
        {
          title: words('One'),
          text: words('[x](https://d.example/)'),
          image: { url: 'https://d.example/1.png', alt: words('1') },
        },
        { title: words('Two'), text: words('y') },
      ],
    },
    { id: 'end', type: 'footer' },
  ],
};

it('finds every address an owner typed, with its place', () => {
  expect(
    addressesOf(content).map(({ kind, path, language, address }) => `${kind} ${path} ${language} ${address}`),
  ).toEqual([
    'link blocks.0.text fr https://a.example/fr',
    'link blocks.0.text en https://a.example/en',
    'link blocks.1.link null https://b.example/',
    'picture blocks.3.url null https://c.example/1.png',
    'link blocks.3.link null https://c.example/',
    'picture blocks.4.columns.0.image.url null https://d.example/1.png',
    'link blocks.4.columns.0.text fr https://d.example/',
    'link blocks.4.columns.0.text en https://d.example/',
  ]);
});

it('finds every text, each in both languages, with the block it is in', () => {
  const texts = textsOf(content).filter(({ language }) => language === 'en');
  expect(texts.map(({ path, block }) => `${path} ${block}`)).toEqual([
    'subject null',
    'previewText null',
    'subjectVariants.0.subject null',
    'subjectVariants.0.previewText null',
    'blocks.0.text lead',
    'blocks.1.label go',
    'blocks.2.label home',
    'blocks.3.alt photo',
    'blocks.4.columns.0.title two',
    'blocks.4.columns.0.text two',
    'blocks.4.columns.0.image.alt two',
    'blocks.4.columns.1.title two',
    'blocks.4.columns.1.text two',
  ]);
});
