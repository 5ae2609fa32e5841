/** Words of the page behind a shared preview. In the language of whoever opens it; the e-mail has its own. */
import type { Language } from '../lib/language';

export interface SharedPreviewWords {
  title(shopName: string): string;
  /** What is seen, and that nobody's data are in it. */
  sample: string;
  asShared(day: string): string;
  asNow: string;
  ends(day: string): string;
  from: string;
  subject: string;
  view: string;
  views: { desktop: string; phone: string; dark: string; text: string };
  frame(subject: string): string;
  expired: { title: string; text: string };
  revoked: { title: string; text: string };
  unknown: { title: string; text: string };
}

const fr: SharedPreviewWords = {
  title: (shopName) => `Aperçu d’un e-mail de ${shopName}`,
  sample: 'Le nom, les achats et le code montrés sont des exemples. Les liens de l’e-mail ne mènent nulle part ici.',
  asShared: (day) => `Tel qu’il était le ${day}.`,
  asNow: 'Tel qu’il est enregistré aujourd’hui.',
  ends: (day) => `Ce lien s’ouvre jusqu’au ${day}.`,
  from: 'De',
  subject: 'Objet',
  view: 'Vue',
  views: { desktop: 'Ordinateur', phone: 'Téléphone', dark: 'Sombre', text: 'Texte seul' },
  frame: (subject) => `Aperçu de l’e-mail «\u00a0${subject}\u00a0»`,
  expired: {
    title: 'Ce lien n’est plus valable',
    text: 'Un aperçu partagé s’ouvre pendant sept jours. Demandez un nouveau lien à la personne qui vous l’a envoyé.',
  },
  revoked: {
    title: 'Ce lien a été retiré',
    text: 'La boutique ne partage plus cet aperçu. Demandez un nouveau lien à la personne qui vous l’a envoyé.',
  },
  unknown: {
    title: 'Ce lien n’est pas complet',
    text: 'Une partie de l’adresse manque ou a changé. Ouvrez le lien tel qu’il vous a été envoyé.',
  },
};

const en: SharedPreviewWords = {
  title: (shopName) => `Preview of an e-mail from ${shopName}`,
  sample: 'The name, the purchases and the code shown are examples. The e-mail’s links lead nowhere here.',
  asShared: (day) => `As it was on ${day}.`,
  asNow: 'As it is saved today.',
  ends: (day) => `This link opens until ${day}.`,
  from: 'From',
  subject: 'Subject',
  view: 'View',
  views: { desktop: 'Computer', phone: 'Phone', dark: 'Dark', text: 'Text only' },
  frame: (subject) => `Preview of the e-mail “${subject}”`,
  expired: {
    title: 'This link has ended',
    text: 'A shared preview opens for seven days. Ask whoever sent it to you for a new link.',
  },
  revoked: {
    title: 'This link was taken back',
    text: 'The shop no longer shares this preview. Ask whoever sent it to you for a new link.',
  },
  unknown: {
    title: 'This link is not complete',
    text: 'A part of the address is missing or was changed. Open the link as it was sent to you.',
  },
};

export const SHARED_PREVIEW_WORDS: Record<Language, SharedPreviewWords> = { fr, en };
