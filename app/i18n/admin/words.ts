/** The shape of the admin's words, from the English ones; makes the compiler refuse a key that does not exist. */
import type { en } from './en';

export type AdminWords = typeof en;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    returnNull: false;
    resources: { translation: AdminWords };
  }
}
