/** The prebuilt e-mails of the birthday scenario: what its steps send until the owner edits them. */
import type { EmailContent } from '../../emails/content';

const onTheDay: EmailContent = {
  key: 'birthday-1',
  subject: { fr: 'Joyeux anniversaire[, {first_name}] !', en: 'Happy birthday[, {first_name}]!' },
  previewText: {
    fr: 'Toute l’équipe vous souhaite une très belle journée.',
    en: 'All of us wish you a wonderful day.',
  },
  subjectVariants: [
    {
      when: ['hasCode'],
      subject: {
        fr: 'Joyeux anniversaire[, {first_name}] : votre cadeau est ici',
        en: 'Happy birthday[, {first_name}]: your present is inside',
      },
      previewText: {
        fr: 'Pour vous : {code_description|un petit plus}[, jusqu’au {code_ends_on}]. Très belle journée !',
        en: 'For you: {code_description|a little something}[, until {code_ends_on}]. Have a wonderful day!',
      },
    },
  ],
  blocks: [
    { id: 'logo', type: 'header' },
    {
      id: 'title',
      type: 'heading',
      level: 1,
      align: 'center',
      text: { fr: 'Joyeux anniversaire[, {first_name}] !', en: 'Happy birthday[, {first_name}]!' },
    },
    {
      id: 'wish',
      type: 'text',
      align: 'center',
      when: ['not:hasCode'],
      text: {
        fr: 'C’est votre jour, et nous y avons pensé. Toute l’équipe vous souhaite une année pleine de belles choses, des petites comme des grandes.',
        en: 'It is your day, and we thought of you. All of us wish you a year full of good things, small ones and big ones.',
      },
    },
    {
      id: 'wish-code',
      type: 'text',
      align: 'center',
      when: ['hasCode'],
      text: {
        fr: 'C’est votre jour, et un anniversaire ne va pas sans cadeau. Voici le nôtre, avec tous les vœux de l’équipe.',
        en: 'It is your day, and a birthday calls for a present. Here is ours, with best wishes from all of us.',
      },
    },
    {
      id: 'code',
      type: 'code',
      when: ['hasCode'],
      text: { fr: 'À saisir au moment du paiement :', en: 'Enter it at checkout:' },
    },
    {
      id: 'choose',
      type: 'button',
      when: ['hasCode'],
      label: { fr: 'Profiter de mon cadeau', en: 'Enjoy my present' },
      link: { to: 'store' },
    },
    {
      id: 'recommended',
      type: 'products',
      source: 'recommended',
      layout: 'grid',
      max: 4,
      title: { fr: 'Pour vous faire plaisir', en: 'To treat yourself' },
    },
    {
      id: 'most-bought',
      type: 'products',
      source: 'most-bought',
      layout: 'grid',
      max: 4,
      when: ['not:hasRecommended'],
      title: { fr: 'Ce que l’on s’offre le plus chez nous', en: 'What people treat themselves to here' },
    },
    {
      id: 'visit',
      type: 'button',
      when: ['not:hasCode'],
      label: { fr: 'Faire un tour à la boutique', en: 'Have a look around the shop' },
      link: { to: 'store' },
    },
    {
      id: 'signature',
      type: 'text',
      align: 'center',
      text: {
        fr: 'Très belle journée,\ntoute l’équipe de {shop_name}',
        en: 'Have a lovely day,\neveryone at {shop_name}',
      },
    },
    { id: 'footer', type: 'footer' },
  ],
};

const reminder: EmailContent = {
  key: 'birthday-2',
  subject: {
    fr: 'Encore un peu d’anniversaire[, {first_name}] ?',
    en: 'A little more birthday[, {first_name}]?',
  },
  previewText: {
    fr: 'Un anniversaire se fête bien une seconde fois.',
    en: 'A birthday is well worth celebrating twice.',
  },
  subjectVariants: [
    {
      when: ['hasCodeEnd'],
      subject: {
        fr: 'Votre cadeau d’anniversaire prend fin[ le {code_ends_on}]',
        en: 'Your birthday present ends[ on {code_ends_on}]',
      },
      previewText: {
        fr: 'Il n’a pas encore servi[ : {code_description}]. Il suffit de saisir le code au moment du paiement.',
        en: 'You have not used it yet[: {code_description}]. Just enter the code at checkout.',
      },
    },
    {
      when: ['hasCode'],
      subject: {
        fr: 'Votre cadeau d’anniversaire vous attend encore',
        en: 'Your birthday present is still waiting',
      },
      previewText: {
        fr: 'Il n’a pas encore servi[ : {code_description}]. Il suffit de saisir le code au moment du paiement.',
        en: 'You have not used it yet[: {code_description}]. Just enter the code at checkout.',
      },
    },
  ],
  blocks: [
    { id: 'logo', type: 'header' },
    {
      id: 'title',
      type: 'heading',
      level: 1,
      when: ['not:hasCode'],
      text: { fr: 'Encore un peu d’anniversaire ?', en: 'A little more birthday?' },
    },
    {
      id: 'title-code',
      type: 'heading',
      level: 1,
      when: ['hasCode'],
      text: { fr: 'Votre cadeau vous attend', en: 'Your present is waiting' },
    },
    {
      id: 'intro',
      type: 'text',
      when: ['not:hasCode'],
      text: {
        fr: 'Bonjour[ {first_name}],\n\nNous espérons que votre journée a été belle. Et comme un anniversaire se fête bien une seconde fois, voici quelques idées, pour vous ou pour quelqu’un que vous aimez.',
        en: 'Hello[ {first_name}],\n\nWe hope you had a lovely day. And since a birthday is well worth celebrating twice, here are a few ideas, for you or for someone you love.',
      },
    },
    {
      id: 'intro-code',
      type: 'text',
      when: ['hasCode'],
      text: {
        fr: 'Bonjour[ {first_name}],\n\nNous espérons que votre journée a été belle. Votre cadeau d’anniversaire, lui, n’a pas encore servi[ : il reste à vous jusqu’au {code_ends_on}].',
        en: 'Hello[ {first_name}],\n\nWe hope you had a lovely day. Your birthday present has not been used yet[: it is yours until {code_ends_on}].',
      },
    },
    {
      id: 'code',
      type: 'code',
      when: ['hasCode'],
      align: 'left',
      text: { fr: 'Le voici, à saisir au moment du paiement :', en: 'Here it is, to enter at checkout:' },
    },
    {
      id: 'choose',
      type: 'button',
      when: ['hasCode'],
      label: { fr: 'Ouvrir mon cadeau', en: 'Open my present' },
      link: { to: 'store' },
    },
    {
      id: 'recommended',
      type: 'products',
      source: 'recommended',
      layout: 'list',
      max: 3,
      title: { fr: 'Quelques idées pour l’occasion', en: 'A few ideas for the occasion' },
    },
    {
      id: 'most-bought',
      type: 'products',
      source: 'most-bought',
      layout: 'list',
      max: 3,
      when: ['not:hasRecommended'],
      title: { fr: 'Des cadeaux qui plaisent', en: 'Presents people love' },
    },
    {
      id: 'visit',
      type: 'button',
      when: ['not:hasCode'],
      label: { fr: 'Trouver une idée', en: 'Find an idea' },
      link: { to: 'store' },
    },
    { id: 'footer', type: 'footer' },
  ],
};

/** In the order they are sent; the scenario's steps name them by key. */
export const birthdayEmails: readonly EmailContent[] = [onTheDay, reminder];
