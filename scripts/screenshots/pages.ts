/** The pages that `npm run screenshots` takes, in the order a shop owner meets them. */
import type { FrameLocator } from 'playwright-core';
import type { Life } from './life';

export interface ScreenshotPage {
  /** Name of the picture in `docs/screenshots`: kebab-case. */
  name: string;
  /** Path below the sandbox's address; `app:` stands for the app in the store's admin, `app:scenarios` for its page. */
  path: string | ((life: Life) => string);
  /** All of them when absent. */
  languages?: readonly string[];
  /** Waits for what comes after the page itself, inside the app's frame. */
  ready?(app: FrameLocator): Promise<void>;
}

/** The store that is photographed: the sample store of the demo. */
export const SHOP = 'maison-lune';

async function previewIsThere(app: FrameLocator): Promise<void> {
  const mail = app.frameLocator('.mail-stage iframe');
  await mail.locator('body').waitFor();
  // A picture that does not come is left to the eye of whoever looks at the result.
  await mail
    .locator('img')
    .evaluateAll((pictures) =>
      Promise.allSettled(pictures.map((picture) => picture instanceof HTMLImageElement && picture.decode())),
    );
}

export const PAGES: readonly ScreenshotPage[] = [
  { name: 'home', path: 'app:' },
  { name: 'scenarios', path: 'app:scenarios' },
  { name: 'scenario-welcome', path: 'app:scenarios/welcome', ready: previewIsThere },
  { name: 'scenario-abandoned-cart', path: 'app:scenarios/abandoned-checkout', ready: previewIsThere },
  { name: 'scenario-birthday', path: 'app:scenarios/birthday', ready: previewIsThere },
  { name: 'scenario-win-back', path: 'app:scenarios/win-back', ready: previewIsThere },
  { name: 'scenario-vip', path: 'app:scenarios/vip', ready: previewIsThere },
  { name: 'customers', path: 'app:customers' },
  { name: 'customer', path: ({ customerId }) => `app:customers/${customerId}` },
  { name: 'settings', path: 'app:settings' },
  { name: 'mailbox', path: '/mailbox', languages: ['en'] },
  { name: 'control', path: '/control', languages: ['en'] },
];
