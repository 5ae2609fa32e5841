/** What `npm run screenshots` takes: every page and state of the admin, and the two pages around it a visitor of the demo uses. */
import { ADMIN_PAGES, type AdminPage } from '../admin-pages/catalogue';

/** A page of the sandbox, by its path. */
export interface OutsidePage {
  name: string;
  outside: string;
}

export type ScreenshotPage = AdminPage | OutsidePage;

const AROUND: readonly OutsidePage[] = [
  { name: 'mailbox', outside: '/mailbox' },
  { name: 'control', outside: '/control' },
];

/** The pages around the admin speak English. */
export const pagesIn = (language: string): readonly ScreenshotPage[] =>
  language === 'en' ? [...ADMIN_PAGES, ...AROUND] : ADMIN_PAGES;
