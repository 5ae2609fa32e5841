/** The prebuilt e-mails of the abandoned-checkout scenario: what its steps send until the owner edits them. */
import type { Block, EmailContent } from '../../emails/content';

const backToShop: Block = {
  id: 'shop',
  type: 'button',
  when: ['not:hasCheckout'],
  label: { fr: 'Retourner à la boutique', en: 'Go to the shop' },
  link: { to: 'store' },
};

const first: EmailContent = {
  key: 'cart-1',
  subject: { fr: 'Votre panier vous attend[, {first_name}]', en: 'Your cart is waiting[, {first_name}]' },
  previewText: {
    fr: 'Tout y est encore : reprenez là où vous en étiez.',
    en: 'It is all still there: pick up where you left off.',
  },
  blocks: [
    { id: 'logo', type: 'header' },
    {
      id: 'title',
      type: 'heading',
      level: 1,
      text: { fr: 'Votre panier vous attend', en: 'Your cart is waiting' },
    },
    {
      id: 'intro',
      type: 'text',
      text: {
        fr: 'Bonjour[ {first_name}],\n\nVous avez commencé une commande sans la terminer. Votre panier est enregistré : voici son contenu, au prix du jour, et un bouton pour reprendre où vous en étiez.',
        en: 'Hello[ {first_name}],\n\nYou started an order and did not finish it. Your cart is saved: here is what is in it, at today’s prices, and a button to pick up where you left off.',
      },
    },
    { id: 'cart', type: 'cart', max: 6 },
    {
      id: 'resume',
      type: 'button',
      label: { fr: 'Reprendre ma commande', en: 'Return to my order' },
      link: { to: 'checkout' },
    },
    backToShop,
    {
      id: 'help',
      type: 'text',
      text: {
        fr: 'Une question avant de vous décider ? Répondez à cet e-mail : une personne de l’équipe vous lira.',
        en: 'A question before you decide? Reply to this e-mail: someone from the team will read it.',
      },
    },
    { id: 'footer', type: 'footer' },
  ],
};

const second: EmailContent = {
  key: 'cart-2',
  subject: {
    fr: 'Une question sur {product_title|votre panier} ?',
    en: 'A question about {product_title|your cart}?',
  },
  previewText: {
    fr: 'Livraison, retours, conseils : répondez à cet e-mail, nous vous aiderons.',
    en: 'Delivery, returns, advice: reply to this e-mail and we will help.',
  },
  blocks: [
    { id: 'logo', type: 'header' },
    { id: 'title', type: 'heading', level: 1, text: { fr: 'Peut-on vous aider ?', en: 'Can we help?' } },
    {
      id: 'intro',
      type: 'text',
      text: {
        fr: 'Bonjour[ {first_name}],\n\nSi vous hésitez encore, il vous manque peut-être une information. Une taille, un délai de livraison, un retour : demandez-nous en répondant à cet e-mail. Une personne de l’équipe vous lira et vous répondra.',
        en: 'Hello[ {first_name}],\n\nIf you are still in two minds, perhaps something is unclear. A size, a delivery time, a return: ask us by replying to this e-mail. Someone from the team will read it and answer.',
      },
    },
    { id: 'cart', type: 'cart', max: 6 },
    {
      id: 'resume',
      type: 'button',
      label: { fr: 'Voir mon panier', en: 'See my cart' },
      link: { to: 'checkout' },
    },
    backToShop,
    {
      id: 'reassurance',
      type: 'columns',
      columns: [
        {
          title: { fr: 'Rien à ressaisir', en: 'Nothing to type again' },
          text: {
            fr: 'Votre panier est enregistré : le bouton vous y ramène directement.',
            en: 'Your cart is saved: the button takes you straight back to it.',
          },
        },
        {
          title: { fr: 'Un paiement protégé', en: 'A protected payment' },
          text: {
            fr: 'Vous payez sur la page sécurisée de la boutique, comme d’habitude.',
            en: 'You pay on the shop’s secure page, as you always do.',
          },
        },
      ],
    },
    { id: 'footer', type: 'footer' },
  ],
};

const third: EmailContent = {
  key: 'cart-3',
  subject: { fr: 'Dernier rappel pour votre panier', en: 'A last reminder about your cart' },
  previewText: {
    fr: 'Après cet e-mail, nous n’en parlerons plus.',
    en: 'After this e-mail we will not mention it again.',
  },
  subjectVariants: [
    {
      when: ['hasCode'],
      subject: {
        fr: 'Pour votre panier : {code_description|un petit geste}',
        en: 'For your cart: {code_description|a little something}',
      },
      previewText: {
        fr: '[Votre code est valable jusqu’au {code_ends_on}. ]Votre panier est encore là.',
        en: '[Your code is valid until {code_ends_on}. ]Your cart is still here.',
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
      text: { fr: 'Votre panier est encore là', en: 'Your cart is still here' },
    },
    {
      id: 'title-code',
      type: 'heading',
      level: 1,
      when: ['hasCode'],
      text: { fr: 'Un petit geste pour vous', en: 'A little something for you' },
    },
    {
      id: 'intro',
      type: 'text',
      when: ['not:hasCode'],
      text: {
        fr: 'Bonjour[ {first_name}],\n\nC’est notre dernier message au sujet de ce panier. S’il vous plaît toujours, il vous attend ci-dessous. Sinon, vous n’avez rien à faire.',
        en: 'Hello[ {first_name}],\n\nThis is our last message about this cart. If you still like it, it is waiting below. If not, there is nothing you need to do.',
      },
    },
    {
      id: 'intro-code',
      type: 'text',
      when: ['hasCode'],
      text: {
        fr: 'Bonjour[ {first_name}],\n\nVotre panier est encore là. Pour vous aider à vous décider, voici un petit geste de notre part. C’est notre dernier message à son sujet.',
        en: 'Hello[ {first_name}],\n\nYour cart is still here. To help you decide, here is a little something from us. This is our last message about it.',
      },
    },
    {
      id: 'code',
      type: 'code',
      when: ['hasCode'],
      text: { fr: 'Saisissez-le au moment du paiement.', en: 'Enter it at checkout.' },
    },
    { id: 'cart', type: 'cart', max: 6 },
    {
      id: 'resume',
      type: 'button',
      label: { fr: 'Terminer ma commande', en: 'Complete my order' },
      link: { to: 'checkout' },
    },
    backToShop,
    { id: 'footer', type: 'footer' },
  ],
};

/** In the order they are sent; the scenario's steps name them by key. */
export const abandonedCheckoutEmails: readonly EmailContent[] = [first, second, third];
