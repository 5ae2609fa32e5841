/** Every page and state of the admin, in the order a shop owner meets them. Read by the screenshots and the audit. */
import { setTimeout } from 'node:timers/promises';
import type { FrameLocator, Page } from 'playwright-core';
import { SETUP_STEPS, type SetupStep } from '../../app/domain/setup';
import type { SectionName } from '../../app/ui/section-wish';
import type { StoreName, Stores } from './stores';

export interface AdminPage {
  /** Kebab-case: the name of its pictures and of its lines in the audit. */
  name: string;
  store: StoreName;
  /** Below the app's home. */
  path: string | ((stores: Stores) => string);
  /** Waits for what comes after the page itself. */
  ready?(app: FrameLocator): Promise<void>;
  /** What a person does to come to this state of the page. Knows places, not words, which are in two languages. */
  reach?(app: FrameLocator, page: Page): Promise<void>;
  /** There is no such page, which its answer says by its status. */
  missing?: true;
}

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

const scenario = (name: string, key: string, store: StoreName = 'lively'): AdminPage => ({
  name,
  store,
  path: `scenarios/${key}`,
  ready: previewIsThere,
});

/** Opens the first step of a kind beside the map, or below it on a phone. */
async function select(app: FrameLocator, kind: 'wait' | 'email'): Promise<void> {
  await app.locator(`.step-${kind} > .step-node`).first().click();
  await app.locator('.step-panel').waitFor();
}

/** A scenario with one of the parts below its steps open. */
const unfolded = (name: string, key: string, section: SectionName): AdminPage => ({
  ...scenario(name, key),
  async reach(app) {
    await app.locator(`#${section} button[aria-expanded]`).first().click();
    await app.locator(`#${section} .Polaris-SkeletonBodyText__SkeletonBodyTextContainer`).waitFor({ state: 'hidden' });
  },
});

/** A step of the setup guide, open to be read. */
const guide = (step: SetupStep): AdminPage => ({
  name: `home-empty-${step}`,
  store: 'empty',
  path: '',
  async reach(app) {
    await app.locator('.setup-steps button').nth(SETUP_STEPS.indexOf(step)).click();
  },
});

/** The first e-mail of a scenario, open to be written. */
async function writeFirst(app: FrameLocator): Promise<void> {
  await select(app, 'email');
  await app.locator('.email-part button[aria-expanded]').first().click();
  // The editor is a chunk of its own.
  await app.locator('.email-part :is(input, [contenteditable=true]):visible').first().waitFor();
  // The preview follows into the language that is written.
  await setTimeout(800);
  await app.locator('.mail-stage[data-busy=false]').waitFor();
}

export const ADMIN_PAGES: readonly AdminPage[] = [
  { name: 'home-arriving', store: 'arriving', path: '' },
  { name: 'home-empty', store: 'empty', path: '' },
  ...SETUP_STEPS.map(guide),
  { name: 'home', store: 'lively', path: '' },
  {
    name: 'home-table',
    store: 'lively',
    path: '',
    // The chart and its table change places.
    async reach(app) {
      const card = app.locator('.Polaris-ShadowBevel', { has: app.locator('.chart') });
      await card.locator('.Polaris-Button--variantPlain').click();
      await app.locator('.day-table').waitFor();
    },
  },
  { name: 'home-troubled', store: 'troubled', path: '' },
  { name: 'scenarios-empty', store: 'empty', path: 'scenarios' },
  { name: 'scenarios', store: 'lively', path: 'scenarios' },
  scenario('scenario-welcome', 'welcome'),
  { ...scenario('scenario-editor', 'abandoned-checkout'), reach: writeFirst },
  scenario('scenario-welcome-empty', 'welcome', 'empty'),
  {
    ...scenario('scenario-editor-block', 'welcome'),
    async reach(app) {
      await writeFirst(app);
      await app.locator('.block-head').nth(3).click();
      await app.locator('.rich-text:visible').first().waitFor();
    },
  },
  { ...scenario('scenario-step', 'welcome'), reach: (app) => select(app, 'wait') },
  { ...scenario('scenario-email', 'welcome'), reach: (app) => select(app, 'email') },
  unfolded('scenario-checks', 'welcome', 'checks'),
  unfolded('scenario-audience', 'win-back', 'audience'),
  unfolded('scenario-standing', 'win-back', 'standing'),
  unfolded('scenario-offer', 'birthday', 'offer'),
  unfolded('scenario-withheld', 'welcome', 'withheld'),
  unfolded('scenario-versions', 'welcome', 'versions'),
  {
    ...scenario('scenario-share', 'welcome'),
    async reach(app) {
      // The last thing of the pane that opens.
      await app.locator('.workbench-preview button[aria-expanded=false]').last().click();
      await app.locator('.workbench-preview input[type=radio]').first().waitFor();
    },
  },
  scenario('scenario-abandoned-cart', 'abandoned-checkout'),
  scenario('scenario-birthday', 'birthday'),
  scenario('scenario-win-back', 'win-back'),
  scenario('scenario-vip', 'vip'),
  { name: 'customers', store: 'lively', path: 'customers' },
  { name: 'customers-found', store: 'lively', path: 'customers?q=cam' },
  { name: 'customers-not-found', store: 'lively', path: 'customers?q=nobody-at-all' },
  { name: 'customers-empty', store: 'empty', path: 'customers' },
  { name: 'customer', store: 'lively', path: ({ customerId }) => `customers/${customerId}` },
  { name: 'settings', store: 'lively', path: 'settings' },
  {
    name: 'settings-refused',
    store: 'lively',
    path: 'settings',
    async reach(app, page) {
      await app.locator('input[type=email]').first().fill('hello@gmail.com');
      await page.locator('.save-bar button').last().click();
      await app.locator('.Polaris-InlineError, .Polaris-Labelled__Error').first().waitFor();
    },
  },
  { name: 'brand', store: 'lively', path: 'settings/brand' },
  { name: 'domain-empty', store: 'empty', path: 'settings/domain' },
  { name: 'domain-waiting', store: 'troubled', path: 'settings/domain' },
  { name: 'refusals-empty', store: 'empty', path: 'settings/refusals' },
  { name: 'refusals', store: 'lively', path: 'settings/refusals' },
  { name: 'refusals-preview', store: 'troubled', path: 'settings/refusals' },
  { name: 'privacy-empty', store: 'empty', path: 'settings/privacy' },
  { name: 'privacy', store: 'troubled', path: 'settings/privacy' },
  { name: 'restored-empty', store: 'empty', path: 'restored' },
  { name: 'restored', store: 'troubled', path: 'restored' },
  { name: 'not-found', store: 'lively', path: 'no-such-page', missing: true },
];
