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
  birthDate: string;
  birthDateHint: string;
  birthDateWrong: string;
  save: string;
  saved: string;
  unsubscribeTitle: string;
  unsubscribeLead(shopName: string): string;
  unsubscribe: string;
  unsubscribed: string;
  changeMind: string;
  invalid: string;
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
  fewer: 'Moins d’e-mails : un par semaine au plus',
  none: 'Plus aucun e-mail',
  birthDate: 'Votre date de naissance (facultatif)',
  birthDateHint: 'Pour penser à vous ce jour-là.',
  birthDateWrong: 'Cette date n’est pas possible. Vérifiez le jour, le mois et l’année ; rien n’a été enregistré.',
  save: 'Enregistrer',
  saved: 'C’est noté. Votre choix vaut dès maintenant.',
  unsubscribeTitle: 'Se désabonner',
  unsubscribeLead: (shopName) => `Vous ne recevrez plus d’e-mails de ${shopName}.`,
  unsubscribe: 'Me désabonner',
  unsubscribed: 'Vous êtes désabonné. Vous ne recevrez plus nos e-mails.',
  changeMind: 'Changer d’avis ou choisir vos e-mails',
  invalid: 'Ce lien n’est pas complet. Ouvrez-le à nouveau depuis l’e-mail.',
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
  birthDate: 'Your date of birth (optional)',
  birthDateHint: 'So that we can think of you on the day.',
  birthDateWrong: 'This date is not possible. Check the day, month and year; nothing was saved.',
  save: 'Save',
  saved: 'Done. Your choice counts from now on.',
  unsubscribeTitle: 'Unsubscribe',
  unsubscribeLead: (shopName) => `You will no longer get e-mails from ${shopName}.`,
  unsubscribe: 'Unsubscribe me',
  unsubscribed: 'You are unsubscribed. You will no longer get our e-mails.',
  changeMind: 'Change your mind or choose your e-mails',
  invalid: 'This link is not complete. Please open it again from the e-mail.',
  store: 'Go to the store',
};

export const PREFERENCE_WORDS: Record<Language, PreferenceWords> = { fr, en };
