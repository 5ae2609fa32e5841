/** The pages that `npm run screenshots` takes, in the order a shop owner meets them. */
import type { Page } from 'playwright-core';

export interface ScreenshotPage {
  /** Name of the picture in `docs/screenshots`: kebab-case. */
  name: string;
  /** Path below the sandbox's address; `app:` stands for the app in the store's admin, `app:scenarios` for its page. */
  path: string;
  /** What a person does before the picture is taken, inside the app's frame or on the page. */
  prepare?(page: Page): Promise<void>;
}

/** The store that is photographed: the sample store of the demo. */
export const SHOP = 'maison-lune';

export const PAGES: readonly ScreenshotPage[] = [
  { name: 'sandbox', path: '/' },
  { name: 'home', path: 'app:' },
  { name: 'scenarios', path: 'app:scenarios' },
  { name: 'scenario-welcome', path: 'app:scenarios/welcome' },
  { name: 'scenario-abandoned-cart', path: 'app:scenarios/abandoned-checkout' },
  { name: 'customers', path: 'app:customers' },
  { name: 'settings', path: 'app:settings' },
  { name: 'mailbox', path: '/mailbox' },
  { name: 'control', path: '/control' },
];
