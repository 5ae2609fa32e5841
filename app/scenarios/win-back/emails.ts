/** The prebuilt e-mails of the win-back scenario: what its steps send until the owner edits them. */
import type { EmailContent } from '../../emails/content';

const picks: EmailContent = {
  key: 'win-back-1',
  subject: { fr: 'Cela fait un moment[, {first_name}]', en: 'It has been a while[, {first_name}]' },
  previewText: {
    fr: 'Quelques idées pour reprendre le fil, et des nouvelles de la boutique.',
    en: 'A few ideas to pick up where we left off, and a hello from the shop.',
  },
  subjectVariants: [
    {
      when: ['hasRecommended'],
      subject: {
        fr: 'Quelques idées mises de côté pour vous[, {first_name}]',
        en: 'We put a few things aside for you[, {first_name}]',
      },
      previewText: {
        fr: 'Quelques pièces que vous n’avez pas encore, choisies d’après vos commandes.',
        en: 'A few things you do not own yet, picked with your orders in mind.',
      },
    },
  ],
  blocks: [
    { id: 'logo', type: 'header' },
    {
      id: 'title',
      type: 'heading',
      level: 1,
      text: { fr: 'Cela fait un moment[, {first_name}]', en: 'It has been a while[, {first_name}]' },
    },
    {
      id: 'intro',
      type: 'text',
      when: ['hasRecommended'],
      text: {
        fr: 'Depuis votre dernière commande, la boutique a continué de vivre. Nous avons regardé ce que vous aviez choisi, et mis de côté ce qui pourrait vous plaire ensuite. Rien d’urgent : c’est une simple invitation à revenir voir.',
        en: 'The shop has been busy since your last order. We looked at what you chose back then and put aside what you might like next. Nothing urgent: this is simply an invitation to drop by.',
      },
    },
    {
      id: 'intro-most-bought',
      type: 'text',
      when: ['not:hasRecommended'],
      text: {
        fr: 'Depuis votre dernière commande, la boutique a continué de vivre. Rien d’urgent : c’est une simple invitation à revenir voir ce que l’on y trouve aujourd’hui.',
        en: 'The shop has been busy since your last order. Nothing urgent: this is simply an invitation to drop by and see what is on the shelves today.',
      },
    },
    {
      id: 'recommended',
      type: 'products',
      source: 'recommended',
      layout: 'grid',
      max: 6,
      title: { fr: 'Mis de côté pour vous', en: 'Put aside for you' },
    },
    {
      id: 'most-bought',
      type: 'products',
      source: 'most-bought',
      layout: 'grid',
      max: 6,
      when: ['not:hasRecommended'],
      title: { fr: 'Ce que nos clients choisissent en ce moment', en: 'What our customers are choosing now' },
    },
    {
      id: 'visit',
      type: 'button',
      label: { fr: 'Revenir à la boutique', en: 'Back to the shop' },
      link: { to: 'store' },
    },
    {
      id: 'preferences',
      type: 'preferences',
      text: {
        fr: 'Vos goûts ont changé, ou vous préférez nous lire moins souvent ? Dites-le-nous, nous en tiendrons compte.',
        en: 'Have your tastes changed, or would you rather hear from us less often? Tell us and we will follow.',
      },
      label: { fr: 'Choisir mes préférences', en: 'Set my preferences' },
    },
    { id: 'footer', type: 'footer' },
  ],
};

const code: EmailContent = {
  key: 'win-back-2',
  subject: { fr: 'Que vous a-t-il manqué[, {first_name}] ?', en: 'Was something missing[, {first_name}]?' },
  previewText: {
    fr: 'Une réponse de deux mots nous aiderait beaucoup.',
    en: 'A reply of two words would help us a great deal.',
  },
  subjectVariants: [
    {
      when: ['hasCode'],
      subject: {
        fr: 'Pour vous revoir[, {first_name}] : {code_description|un petit plus}',
        en: 'A reason to come back[, {first_name}]: {code_description|a little something}',
      },
      previewText: {
        fr: 'Votre code est à l’intérieur[, valable jusqu’au {code_ends_on}].',
        en: 'Your code is inside[, valid until {code_ends_on}].',
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
      when: ['not:hasCode'],
      text: { fr: 'Que vous a-t-il manqué ?', en: 'Was something missing?' },
    },
    {
      id: 'title-code',
      type: 'heading',
      level: 1,
      align: 'center',
      when: ['hasCode'],
      text: { fr: 'Au plaisir de vous revoir', en: 'We would love to see you again' },
    },
    {
      id: 'intro',
      type: 'text',
      align: 'center',
      when: ['not:hasCode'],
      text: {
        fr: 'Bonjour[ {first_name}]. Un produit introuvable, une livraison trop longue, une envie passée ? Répondez à cet e-mail, même en deux mots : une personne de l’équipe vous lira, et c’est ainsi que la boutique s’améliore.',
        en: 'Hello[ {first_name}]. Something you could not find, a delivery that took too long, a change of mind? Reply to this e-mail, even in two words: someone from the team will read it, and that is how a shop gets better.',
      },
    },
    {
      id: 'intro-code',
      type: 'text',
      align: 'center',
      when: ['hasCode'],
      text: {
        fr: 'Bonjour[ {first_name}]. Vous nous avez fait confiance, et nous ne l’avons pas oublié. Si l’envie vous prend de revenir, voici de quoi rendre la prochaine commande plus douce.',
        en: 'Hello[ {first_name}]. You put your trust in us, and we have not forgotten it. Should you feel like coming back, here is something to make the next order a little sweeter.',
      },
    },
    {
      id: 'code',
      type: 'code',
      when: ['hasCode'],
      text: { fr: 'À saisir au moment du paiement :', en: 'Enter it at checkout:' },
    },
    {
      id: 'use',
      type: 'button',
      when: ['hasCode'],
      label: { fr: 'Utiliser mon code', en: 'Use my code' },
      link: { to: 'store' },
    },
    { id: 'line', type: 'divider' },
    {
      id: 'recommended',
      type: 'products',
      source: 'recommended',
      layout: 'list',
      max: 4,
      title: { fr: 'Par où recommencer', en: 'Where to start again' },
    },
    {
      id: 'most-bought',
      type: 'products',
      source: 'most-bought',
      layout: 'list',
      max: 4,
      when: ['not:hasRecommended'],
      title: { fr: 'Les favoris du moment', en: 'Favorites of the moment' },
    },
    {
      id: 'visit',
      type: 'button',
      when: ['not:hasCode'],
      label: { fr: 'Revoir la boutique', en: 'See the shop again' },
      link: { to: 'store' },
    },
    { id: 'footer', type: 'footer' },
  ],
};

const lastCall: EmailContent = {
  key: 'win-back-3',
  subject: { fr: 'Un dernier bonjour[, {first_name}]', en: 'One last hello[, {first_name}]' },
  previewText: {
    fr: 'Ensuite, nous vous écrirons moins.',
    en: 'After this we will write less often.',
  },
  subjectVariants: [
    {
      when: ['hasCodeEnd'],
      subject: {
        fr: 'Votre code prend fin[ le {code_ends_on}]',
        en: 'Your code ends[ on {code_ends_on}]',
      },
      previewText: {
        fr: '[Rappel : {code_description}. ]C’est notre dernier message à son sujet.',
        en: '[A reminder: {code_description}. ]This is our last message about it.',
      },
    },
    {
      when: ['hasCode'],
      subject: {
        fr: 'Votre code vous attend encore[, {first_name}]',
        en: 'Your code is still waiting[, {first_name}]',
      },
      previewText: {
        fr: '[Rappel : {code_description}. ]C’est notre dernier message à son sujet.',
        en: '[A reminder: {code_description}. ]This is our last message about it.',
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
      text: { fr: 'Un dernier bonjour', en: 'One last hello' },
    },
    {
      id: 'title-code',
      type: 'heading',
      level: 1,
      when: ['hasCode'],
      text: { fr: 'Votre code vous attend encore', en: 'Your code is still waiting' },
    },
    {
      id: 'intro',
      type: 'text',
      when: ['not:hasCode'],
      text: {
        fr: 'Bonjour[ {first_name}],\n\nNous ne voulons pas encombrer votre boîte de réception. Après ce message, nous vous écrirons moins ; la boutique, elle, reste ouverte, et vous y serez toujours chez vous.\n\nMerci pour le chemin fait ensemble.',
        en: 'Hello[ {first_name}],\n\nWe do not want to crowd your inbox. After this message we will write less often; the shop stays open, and you will always be welcome in it.\n\nThank you for your custom so far.',
      },
    },
    {
      id: 'intro-code',
      type: 'text',
      when: ['hasCode'],
      text: {
        fr: 'Bonjour[ {first_name}],\n\nUn mot, le dernier à ce sujet : votre code n’a pas encore servi[ et il compte jusqu’au {code_ends_on}]. Si vous aviez une envie en tête, c’est le bon moment. Sinon, vous n’avez rien à faire.',
        en: 'Hello[ {first_name}],\n\nOne word, the last about it: your code has not been used yet[, and it counts until {code_ends_on}]. If you had something in mind, now is a good moment. If not, there is nothing you need to do.',
      },
    },
    {
      id: 'code',
      type: 'code',
      when: ['hasCode'],
      align: 'left',
      text: { fr: 'Pour l’avoir sous la main :', en: 'To have it at hand:' },
    },
    {
      id: 'use',
      type: 'button',
      when: ['hasCode'],
      label: { fr: 'Utiliser mon code', en: 'Use my code' },
      link: { to: 'store' },
    },
    {
      id: 'recommended',
      type: 'products',
      source: 'recommended',
      layout: 'grid',
      max: 2,
      title: { fr: 'Une idée pour la route', en: 'An idea to take along' },
    },
    {
      id: 'most-bought',
      type: 'products',
      source: 'most-bought',
      layout: 'grid',
      max: 2,
      when: ['not:hasRecommended'],
      title: { fr: 'Ce qui plaît en ce moment', en: 'Well liked right now' },
    },
    {
      id: 'preferences',
      type: 'preferences',
      when: ['not:hasCode'],
      text: {
        fr: 'Vous pouvez aussi choisir vous-même : toutes nos nouvelles, quelques-unes, ou plus aucune.',
        en: 'You can also choose for yourself: all our news, some of it, or none at all.',
      },
      label: { fr: 'Choisir mes e-mails', en: 'Choose my e-mails' },
    },
    { id: 'footer', type: 'footer' },
  ],
};

/** In the order they are sent; the scenario's steps name them by key. */
export const winBackEmails: readonly EmailContent[] = [picks, code, lastCall];
