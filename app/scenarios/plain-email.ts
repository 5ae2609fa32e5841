/** What a new e-mail of the owner's begins with when it is no copy: a few plain words in both languages, to be written over. */
import type { EmailContent } from '../emails/content';

export function plainEmail(key: string): EmailContent {
  return {
    key,
    subject: { fr: 'Des nouvelles de {shop_name}', en: 'News from {shop_name}' },
    previewText: { fr: 'Quelques mots de notre part.', en: 'A few words from us.' },
    blocks: [
      { id: 'logo', type: 'header' },
      {
        id: 'title',
        type: 'heading',
        level: 1,
        text: { fr: 'Bonjour[ {first_name}]', en: 'Hello[ {first_name}]' },
      },
      {
        id: 'intro',
        type: 'text',
        text: {
          fr: 'Merci de suivre {shop_name}. Passez nous voir quand vous voulez : nous serons heureux de vous retrouver.',
          en: 'Thank you for following {shop_name}. Come by whenever you like: we will be happy to see you again.',
        },
      },
      {
        id: 'shop',
        type: 'button',
        label: { fr: 'Voir la boutique', en: 'Visit the shop' },
        link: { to: 'store' },
      },
      { id: 'footer', type: 'footer' },
    ],
  };
}
