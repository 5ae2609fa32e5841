/** The prebuilt e-mails of the welcome scenario: what its steps send until the owner edits them. */
import type { EmailContent } from '../../emails/content';

const first: EmailContent = {
  key: 'welcome-1',
  subject: {
    fr: 'Bienvenue chez {shop_name}[, {first_name}]',
    en: 'Welcome to {shop_name}[, {first_name}]',
  },
  previewText: {
    fr: 'Qui nous sommes, et ce que nos clients choisissent le plus.',
    en: 'Who we are, and what our customers choose most.',
  },
  subjectVariants: [
    {
      when: ['boughtAtCheckout'],
      subject: {
        fr: 'Merci[ {first_name}], et bienvenue chez {shop_name}',
        en: 'Thank you[ {first_name}], and welcome to {shop_name}',
      },
      previewText: {
        fr: 'Votre commande est bien enregistrée. Faisons connaissance.',
        en: 'Your order is in our hands. Let us introduce ourselves.',
      },
    },
    {
      when: ['hasCode'],
      subject: {
        fr: 'Bienvenue[ {first_name}] : {code_description|un petit plus} pour commencer',
        en: 'Welcome[, {first_name}]: {code_description|a little something} to start with',
      },
      previewText: {
        fr: 'Votre code est à l’intérieur, avec ce que nos clients choisissent le plus.',
        en: 'Your code is inside, with what our customers choose most.',
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
      when: ['not:boughtAtCheckout'],
      text: { fr: 'Bienvenue[, {first_name}]', en: 'Welcome[, {first_name}]' },
    },
    {
      id: 'title-bought',
      type: 'heading',
      level: 1,
      align: 'center',
      when: ['boughtAtCheckout'],
      text: { fr: 'Merci, et bienvenue[, {first_name}]', en: 'Thank you, and welcome[, {first_name}]' },
    },
    {
      id: 'intro',
      type: 'text',
      align: 'center',
      when: ['not:boughtAtCheckout'],
      text: {
        fr: 'Merci de nous faire une place dans votre boîte de réception. Nous n’écrivons que lorsque nous avons quelque chose à dire : une nouveauté, un conseil, une idée.',
        en: 'Thank you for making room for us in your inbox. We write only when we have something to say: something new, a piece of advice, an idea.',
      },
    },
    {
      id: 'intro-bought',
      type: 'text',
      align: 'center',
      when: ['boughtAtCheckout'],
      text: {
        fr: 'Votre commande est bien enregistrée ; son suivi vous parvient dans un e-mail à part. En attendant, faisons connaissance.',
        en: 'Your order is safely with us; news of it comes in an e-mail of its own. Meanwhile, let us introduce ourselves.',
      },
    },
    {
      id: 'code',
      type: 'code',
      when: ['hasCode', 'not:boughtAtCheckout'],
      text: {
        fr: 'Pour faire connaissance, voici un petit plus sur votre première commande. Il suffit de saisir ce code au moment du paiement.',
        en: 'To get to know each other, here is a little something for your first order. Just enter this code at checkout.',
      },
    },
    {
      id: 'story',
      type: 'text',
      align: 'center',
      text: {
        fr: 'Chez {shop_name}, nous aimons les choses bien faites. Nous les choisissons avec soin, nous en parlons simplement, et une vraie personne vous répond quand vous nous écrivez.',
        en: 'At {shop_name} we love things that are well made. We choose them with care, we speak of them plainly, and a real person answers when you write to us.',
      },
    },
    {
      id: 'most-bought',
      type: 'products',
      source: 'most-bought',
      layout: 'grid',
      max: 4,
      title: { fr: 'Ce que nos clients choisissent le plus', en: 'What our customers choose most' },
    },
    {
      id: 'visit',
      type: 'button',
      label: { fr: 'Découvrir la boutique', en: 'Visit the shop' },
      link: { to: 'store' },
    },
    {
      id: 'preferences',
      type: 'preferences',
      text: {
        fr: 'Dites-nous ce qui vous intéresse et à quel rythme vous souhaitez nous lire. Et si vous nous confiez votre date d’anniversaire, nous penserons à vous ce jour-là.',
        en: 'Tell us what interests you and how often you would like to hear from us. And if you share your birthday, we will think of you on the day.',
      },
      label: { fr: 'Choisir mes préférences', en: 'Set my preferences' },
    },
    { id: 'footer', type: 'footer' },
  ],
};

const second: EmailContent = {
  key: 'welcome-2',
  subject: { fr: 'Par où commencer chez {shop_name} ?', en: 'Where to start at {shop_name}' },
  previewText: {
    fr: 'Trois repères simples pour trouver ce qui vous ira.',
    en: 'Three simple hints to find what suits you.',
  },
  blocks: [
    { id: 'logo', type: 'header' },
    {
      id: 'title',
      type: 'heading',
      level: 1,
      align: 'center',
      text: { fr: 'Par où commencer ?', en: 'Where to start?' },
    },
    {
      id: 'intro',
      type: 'text',
      align: 'center',
      text: {
        fr: 'Bonjour[ {first_name}], quand on découvre une boutique, le plus difficile est souvent de choisir. Voici trois repères que nous donnons à nos proches.',
        en: 'Hello[ {first_name}], when a shop is new to you, choosing is often the hardest part. Here are three hints we give our own friends.',
      },
    },
    {
      id: 'hints',
      type: 'columns',
      columns: [
        {
          title: { fr: 'L’usage d’abord', en: 'Use comes first' },
          text: {
            fr: 'Pensez au moment où vous vous en servirez : chaque jour, ou pour une occasion.',
            en: 'Think of the moment you will use it: every day, or for an occasion.',
          },
        },
        {
          title: { fr: 'Les détails ensuite', en: 'Then the details' },
          text: {
            fr: 'Matières, dimensions, entretien : prenez le temps de lire la page du produit.',
            en: 'Materials, sizes, care: take the time to read the product’s page.',
          },
        },
        {
          title: { fr: 'Et demandez-nous', en: 'And ask us' },
          text: {
            fr: 'Un doute ? Répondez à cet e-mail : une personne de l’équipe vous lira.',
            en: 'Not sure? Reply to this e-mail: someone from the team will read it.',
          },
        },
      ],
    },
    {
      id: 'code',
      type: 'code',
      when: ['hasCode', 'not:boughtAtCheckout'],
      text: {
        fr: 'Et votre code de bienvenue reste à votre disposition :',
        en: 'And your welcome code is still yours:',
      },
    },
    {
      id: 'most-bought',
      type: 'products',
      source: 'most-bought',
      layout: 'list',
      max: 3,
      title: { fr: 'Quelques valeurs sûres', en: 'A few safe choices' },
    },
    {
      id: 'all',
      type: 'button',
      label: { fr: 'Voir tous les produits', en: 'See all products' },
      link: { to: 'store' },
    },
    { id: 'footer', type: 'footer' },
  ],
};

const third: EmailContent = {
  key: 'welcome-3',
  subject: {
    fr: 'Un dernier mot de bienvenue[, {first_name}]',
    en: 'One last word of welcome[, {first_name}]',
  },
  previewText: {
    fr: 'Une question ? Répondez à cet e-mail, nous sommes là.',
    en: 'A question? Reply to this e-mail, we are here.',
  },
  subjectVariants: [
    {
      when: ['hasCode', 'not:boughtAtCheckout'],
      subject: { fr: 'Votre code[ {code}] vous attend encore', en: 'Your code[ {code}] is still waiting' },
      previewText: {
        fr: '[Il est valable jusqu’au {code_ends_on}. ]Il suffit de le saisir au moment du paiement.',
        en: '[It is valid until {code_ends_on}. ]Just enter it at checkout.',
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
      text: { fr: 'Une question ? Nous sommes là', en: 'A question? We are here' },
    },
    {
      id: 'title-bought',
      type: 'heading',
      level: 1,
      align: 'center',
      when: ['hasCode', 'boughtAtCheckout'],
      text: { fr: 'Une question ? Nous sommes là', en: 'A question? We are here' },
    },
    {
      id: 'title-code',
      type: 'heading',
      level: 1,
      align: 'center',
      when: ['hasCode', 'not:boughtAtCheckout'],
      text: { fr: 'Votre code vous attend encore', en: 'Your code is still waiting' },
    },
    {
      id: 'code',
      type: 'code',
      when: ['hasCode', 'not:boughtAtCheckout'],
      text: {
        fr: 'Bonjour[ {first_name}], votre code de bienvenue n’a pas encore servi. Il suffit de le saisir au moment du paiement.',
        en: 'Hello[ {first_name}], your welcome code has not been used yet. Just enter it at checkout.',
      },
    },
    {
      id: 'closing',
      type: 'text',
      align: 'center',
      when: ['not:boughtAtCheckout'],
      text: {
        fr: 'Voici notre dernier e-mail de bienvenue. Si quelque chose vous retient, une taille, un délai, un retour, répondez simplement à ce message : une personne de l’équipe vous lira et vous répondra.',
        en: 'This is our last welcome e-mail. If something holds you back, a size, a delivery time, a return, simply reply to this message: someone from the team will read it and answer.',
      },
    },
    {
      id: 'closing-bought',
      type: 'text',
      align: 'center',
      when: ['boughtAtCheckout'],
      text: {
        fr: 'Voici notre dernier e-mail de bienvenue. Si vous avez une question sur votre commande ou sur un produit, répondez simplement à ce message : une personne de l’équipe vous lira et vous répondra.',
        en: 'This is our last welcome e-mail. If you have a question about your order or a product, simply reply to this message: someone from the team will read it and answer.',
      },
    },
    {
      id: 'recommended',
      type: 'products',
      source: 'recommended',
      layout: 'grid',
      max: 4,
      title: { fr: 'À découvrir aussi', en: 'Worth a look' },
    },
    {
      id: 'most-bought',
      type: 'products',
      source: 'most-bought',
      layout: 'grid',
      max: 4,
      when: ['not:hasRecommended'],
      title: { fr: 'Les favoris de nos clients', en: 'Our customers’ favorites' },
    },
    {
      id: 'visit',
      type: 'button',
      label: { fr: 'Retourner à la boutique', en: 'Go to the shop' },
      link: { to: 'store' },
    },
    { id: 'footer', type: 'footer' },
  ],
};

/** In the order they are sent; the scenario's steps name them by key. */
export const welcomeEmails: readonly EmailContent[] = [first, second, third];
