/** Words of the page behind every unsubscribe and preference link. */
import type { ScenarioKey } from '../domain/scenario';
import type { Language } from '../lib/language';

export interface PreferenceWords {
  title: string;
  lead(shopName: string): string;
  kinds: string;
  kind: Record<ScenarioKey, string>;
  fewer: string;
  none: string;
  /** Of those who asked for no e-mails. */
  noneNow(shopName: string): string;
  notSubscribed(shopName: string): string;
  subscribe(shopName: string): string;
  subscribeHint: string;
  language: string;
  languages: Record<Language, string>;
  birthDate: string;
  birthDateHint: string;
  /** Where one is shown. */
  birthDateKnown: string;
  birthDateWrong: string;
  birthDateHow: string;
  openTracking: Record<'agreed' | 'not-agreed', string>;
  openTrackingLink: string;
  /** The store's page that would be next cannot be opened. */
  away: string;
  back: string;
  save: string;
  saved: string;
  savedNone(shopName: string): string;
  savedSubscribed(shopName: string): string;
  unsubscribeTitle: string;
  unsubscribeLead(shopName: string): string;
  unsubscribe: string;
  unsubscribed: string;
  changeMind: string;
  invalid: string;
  /** Of those who were deleted or erased since the e-mail. */
  gone: string;
  store: string;
}

const fr: PreferenceWords = {
  title: 'Vos préférences',
  lead: (shopName) => `Choisissez ce que vous souhaitez recevoir de ${shopName}.`,
  kinds: 'Je souhaite recevoir',
  kind: {
    welcome: 'Les e-mails de bienvenue',
    'abandoned-checkout': 'Les rappels de panier',
    birthday: 'Une attention pour mon anniversaire',
    'win-back': 'Des idées après une longue absence',
    vip: 'Les avantages des meilleurs clients',
  },
  fewer: 'Moins d’e-mails : un par semaine au plus',
  none: 'Plus aucun e-mail',
  noneNow: (shopName) => `Vous avez demandé à ne plus recevoir d’e-mails de ${shopName}.`,
  notSubscribed: (shopName) => `Votre adresse n’est pas inscrite aux e-mails de ${shopName}.`,
  subscribe: (shopName) => `Oui, je veux recevoir les e-mails de ${shopName}`,
  subscribeHint: 'Si vous laissez cette case vide, votre adresse n’est pas inscrite.',
  language: 'Langue de vos e-mails',
  languages: { fr: 'Français', en: 'English' },
  birthDate: 'Votre date de naissance (facultatif)',
  birthDateHint: 'Pour penser à vous ce jour-là.',
  birthDateKnown: 'Pour penser à vous ce jour-là. Videz le champ, et nous l’effaçons.',
  birthDateWrong: 'Cette date de naissance n’est pas possible ; rien n’a été enregistré.',
  birthDateHow: 'Vérifiez le jour, le mois et l’année, ou laissez le champ vide.',
  openTracking: {
    agreed: 'Vous avez accepté que la boutique voie si vous ouvrez ses e-mails.',
    'not-agreed': 'La boutique ne regarde pas si vous ouvrez ses e-mails.',
  },
  openTrackingLink: 'Changer ce choix',
  away: 'Cette page ne peut pas être ouverte pour le moment. Réessayez un peu plus tard.',
  back: 'Revenir à vos préférences',
  save: 'Enregistrer',
  saved: 'C’est noté. Votre choix vaut dès maintenant.',
  savedNone: (shopName) => `C’est noté. Vous ne recevrez plus d’e-mails de ${shopName}.`,
  savedSubscribed: (shopName) =>
    `C’est noté. Votre adresse est maintenant inscrite aux e-mails de ${shopName} ; vous pouvez l’en retirer ici à tout moment.`,
  unsubscribeTitle: 'Se désabonner',
  unsubscribeLead: (shopName) => `Vous ne recevrez plus d’e-mails de ${shopName}.`,
  unsubscribe: 'Me désabonner',
  unsubscribed: 'C’est fait. Vous ne recevrez plus nos e-mails.',
  changeMind: 'Changer d’avis ou choisir vos e-mails',
  invalid: 'Ce lien n’est pas complet. Ouvrez-le à nouveau depuis l’e-mail.',
  gone: 'La boutique n’a plus votre adresse : vous ne recevrez plus ses e-mails.',
  store: 'Aller à la boutique',
};

const en: PreferenceWords = {
  title: 'Your preferences',
  lead: (shopName) => `Choose what you would like to receive from ${shopName}.`,
  kinds: 'I would like to receive',
  kind: {
    welcome: 'Welcome e-mails',
    'abandoned-checkout': 'Cart reminders',
    birthday: 'Something for my birthday',
    'win-back': 'Ideas after a long absence',
    vip: 'What is kept for the best customers',
  },
  fewer: 'Fewer e-mails: one a week at most',
  none: 'No more e-mails',
  noneNow: (shopName) => `You asked for no more e-mails from ${shopName}.`,
  notSubscribed: (shopName) => `Your address is not subscribed to the e-mails of ${shopName}.`,
  subscribe: (shopName) => `Yes, I would like to get the e-mails of ${shopName}`,
  subscribeHint: 'Leave it empty and your address is not subscribed.',
  language: 'Language of your e-mails',
  languages: { fr: 'Français', en: 'English' },
  birthDate: 'Your date of birth (optional)',
  birthDateHint: 'So that we can think of you on the day.',
  birthDateKnown: 'So that we can think of you on the day. Empty the field and we delete it.',
  birthDateWrong: 'This date of birth is not possible; nothing was saved.',
  birthDateHow: 'Check the day, month and year, or leave it empty.',
  openTracking: {
    agreed: 'You agreed that the store sees whether you open its e-mails.',
    'not-agreed': 'The store does not look at whether you open its e-mails.',
  },
  openTrackingLink: 'Change this choice',
  away: 'This page cannot be opened right now. Please try again a little later.',
  back: 'Back to your preferences',
  save: 'Save',
  saved: 'Done. Your choice counts from now on.',
  savedNone: (shopName) => `Done. You will get no more e-mails from ${shopName}.`,
  savedSubscribed: (shopName) =>
    `Done. Your address is subscribed to the e-mails of ${shopName} now; you can take it off here at any time.`,
  unsubscribeTitle: 'Unsubscribe',
  unsubscribeLead: (shopName) => `You will no longer get e-mails from ${shopName}.`,
  unsubscribe: 'Unsubscribe me',
  unsubscribed: 'You are unsubscribed. You will no longer get our e-mails.',
  changeMind: 'Change your mind or choose your e-mails',
  invalid: 'This link is not complete. Please open it again from the e-mail.',
  gone: 'The store no longer has your address: you will get no more of its e-mails.',
  store: 'Go to the store',
};

export const PREFERENCE_WORDS: Record<Language, PreferenceWords> = { fr, en };
