/** The prebuilt e-mails of the VIP scenario: what its steps send until the owner edits them. */
import type { EmailContent } from '../../emails/content';

const thanks: EmailContent = {
  key: 'vip-1',
  subject: {
    fr: 'Merci[, {first_name}] : vous comptez beaucoup pour nous',
    en: 'Thank you[, {first_name}]: you mean a lot to us',
  },
  previewText: {
    fr: 'Vous êtes parmi nos clients les plus fidèles, et cela mérite un mot.',
    en: 'You are one of our very best customers, and that deserves a word.',
  },
  subjectVariants: [
    {
      when: ['hasCode'],
      subject: {
        fr: 'Merci[, {first_name}] : un code réservé à nos clients fidèles',
        en: 'Thank you[, {first_name}]: a code for our best customers only',
      },
      previewText: {
        fr: 'Pour vous remercier de votre fidélité[ : {code_description}][, jusqu’au {code_ends_on}].',
        en: 'To thank you for your loyalty[: {code_description}][, until {code_ends_on}].',
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
      text: { fr: 'Merci[, {first_name}]', en: 'Thank you[, {first_name}]' },
    },
    {
      id: 'intro',
      type: 'text',
      align: 'center',
      text: {
        fr: 'Vous êtes aujourd’hui parmi les clients les plus fidèles de {shop_name}. Derrière chaque commande, il y a quelqu’un qui la prépare ; voir revenir votre nom nous fait plaisir à chaque fois.',
        en: 'You are now one of {shop_name}’s very best customers. Behind every order there is someone who prepares it, and seeing your name come back is a pleasure each time.',
      },
    },
    {
      id: 'code',
      type: 'code',
      when: ['hasCode'],
      text: {
        fr: 'Pour vous remercier, voici un code que nous réservons à nos meilleurs clients :',
        en: 'To thank you, here is a code we keep for our best customers:',
      },
    },
    {
      id: 'use',
      type: 'button',
      when: ['hasCode'],
      label: { fr: 'Utiliser mon code', en: 'Use my code' },
      link: { to: 'store' },
    },
    {
      id: 'care',
      type: 'columns',
      columns: [
        {
          title: { fr: 'Les nouveautés d’abord', en: 'New arrivals first' },
          text: {
            fr: 'Dans ces e-mails, nous mettons en tête ce qui vient d’arriver et que vous n’avez pas encore.',
            en: 'In these e-mails we put what has just come in, and you do not own yet, at the top.',
          },
        },
        {
          title: { fr: 'Une oreille attentive', en: 'All ears' },
          text: {
            fr: 'Une demande, une idée, un avis ? Répondez à ce message : une personne de l’équipe vous lira.',
            en: 'A request, an idea, an opinion? Reply to this message: someone from the team will read it.',
          },
        },
      ],
    },
    {
      id: 'recommended',
      type: 'products',
      source: 'recommended',
      layout: 'grid',
      max: 4,
      title: { fr: 'À voir en premier', en: 'Yours to see first' },
    },
    {
      id: 'most-bought',
      type: 'products',
      source: 'most-bought',
      layout: 'grid',
      max: 4,
      when: ['not:hasRecommended'],
      title: { fr: 'Les valeurs sûres de la boutique', en: 'The shop’s safe choices' },
    },
    {
      id: 'visit',
      type: 'button',
      when: ['not:hasCode'],
      label: { fr: 'Découvrir les nouveautés', en: 'See what is new' },
      link: { to: 'store' },
    },
    { id: 'footer', type: 'footer' },
  ],
};

const thanksAgain: EmailContent = {
  key: 'vip-2',
  subject: {
    fr: 'Toujours parmi nos meilleurs clients[, {first_name}]',
    en: 'Still one of our very best customers[, {first_name}]',
  },
  previewText: {
    fr: 'Un merci, et ce qui est arrivé depuis.',
    en: 'A thank-you, and what has come in since.',
  },
  subjectVariants: [
    {
      when: ['hasCode'],
      subject: {
        fr: 'Un nouveau code pour vous[, {first_name}] : {code_description|un petit plus}',
        en: 'A new code for you[, {first_name}]: {code_description|a little something}',
      },
      previewText: {
        fr: 'Un merci, ce qui est arrivé depuis, et votre code[ jusqu’au {code_ends_on}].',
        en: 'A thank-you, what has come in since, and your code[ until {code_ends_on}].',
      },
    },
  ],
  blocks: [
    { id: 'logo', type: 'header' },
    {
      id: 'title',
      type: 'heading',
      level: 1,
      text: { fr: 'Une saison de plus avec vous', en: 'Another season with you' },
    },
    {
      id: 'intro',
      type: 'text',
      text: {
        fr: 'Bonjour[ {first_name}],\n\nLes mois passent, et vous êtes toujours là, parmi nos clients les plus fidèles. Merci. Voici ce que nous voulions vous montrer avant tout le reste.',
        en: 'Hello[ {first_name}],\n\nThe months go by and you are still with us, one of our very best customers. Thank you. Here is what we wanted to show you before anything else.',
      },
    },
    {
      id: 'recommended',
      type: 'products',
      source: 'recommended',
      layout: 'list',
      max: 4,
      title: { fr: 'Choisi pour vous, nouveautés en tête', en: 'Picked for you, new arrivals first' },
    },
    {
      id: 'most-bought',
      type: 'products',
      source: 'most-bought',
      layout: 'list',
      max: 4,
      when: ['not:hasRecommended'],
      title: { fr: 'Ce que nos clients préfèrent', en: 'What our customers like best' },
    },
    {
      id: 'code',
      type: 'code',
      when: ['hasCode'],
      align: 'left',
      text: {
        fr: 'Et comme un merci se prouve, voici votre nouveau code, réservé à nos meilleurs clients :',
        en: 'And since thanks are best shown, here is your new code, kept for our best customers:',
      },
    },
    {
      id: 'use',
      type: 'button',
      when: ['hasCode'],
      label: { fr: 'Choisir quelque chose', en: 'Choose something' },
      link: { to: 'store' },
    },
    {
      id: 'visit',
      type: 'button',
      when: ['not:hasCode'],
      label: { fr: 'Voir les nouveautés', en: 'See what is new' },
      link: { to: 'store' },
    },
    {
      id: 'signature',
      type: 'text',
      text: { fr: 'À bientôt,\ntoute l’équipe de {shop_name}', en: 'See you soon,\neveryone at {shop_name}' },
    },
    { id: 'footer', type: 'footer' },
  ],
};

/** In the order they are sent; the scenario's steps name them by key. */
export const vipEmails: readonly EmailContent[] = [thanks, thanksAgain];
