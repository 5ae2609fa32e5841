/** The e-mail editor: the list of blocks, texts as they will look, pictures; what it shows, the preview shows and SendGrid gets. */
import { beforeAll, expect, it } from 'vitest';
import { encodePng } from '../../sandbox/pictures/png';
import type { Store } from '../harness/store';
import { enterWorld } from '../stories/enter-world';
import { type AdminWindow, eventually, openAdmin, PHONE } from './admin-window';

const world = await enterWorld();
let store: Store;

beforeAll(async () => {
  store = await world.openStore({ handle: 'editor', name: 'Maison Tilleul', locale: 'en' });
  await store.install();
  await world.settle();
});

const mail = ({ app }: AdminWindow) => app.frameLocator('.mail-stage iframe');
const rows = ({ app }: AdminWindow) => app.locator('.block-name');
const row = ({ app }: AdminWindow, words: string) => app.locator('.block-head', { hasText: words });
const group = ({ app }: AdminWindow, name: string) => app.getByRole('group', { name, exact: true });
const focused = ({ app }: AdminWindow) =>
  app.locator(':focus').evaluate((node) => node.getAttribute('aria-label') ?? node.textContent ?? '');
const picture = {
  name: 'Été à Lyon.png',
  mimeType: 'image/png',
  buffer: Buffer.from(encodePng(300, 120, new Uint8ClampedArray(300 * 120 * 4).fill(120))),
};

async function openEditor(window: AdminWindow): Promise<void> {
  await window.visit('scenarios/welcome');
  await window.app
    .locator('.step-map')
    .getByRole('button', { name: /^E-mail 2/ })
    .click();
  await window.app.getByRole('button', { name: /^(Edit the e-mail|Modifier l’e-mail)$/ }).click();
  await window.app.locator('.block-rows').waitFor();
}

it('adds, moves and writes blocks by keyboard, stores a picture in Shopify, and sends what the preview shows', async () => {
  const window = await openAdmin(store);
  const { page, app, complaints } = window;
  await openEditor(window);
  const before = await rows(window).count();

  // A text with a variable and bold words, moved up to the heading.
  await app.getByRole('button', { name: 'Add a block', exact: true }).click();
  await app.getByRole('menuitem', { name: /^Text/ }).click();
  await expect.poll(() => rows(window).count()).toBe(before + 1);
  expect(await focused(window)).toContain('Your text');
  for (let moves = 0; moves < before - 3; moves += 1) {
    await app.getByRole('button', { name: 'Move up' }).focus();
    await page.keyboard.press('Enter');
  }
  await app.getByText(`Now at place 3 of ${before + 1}`).waitFor({ state: 'attached' });
  expect(await focused(window)).toBe('Move up');
  const text = group(window, 'Text').getByRole('textbox', { name: /English/ });
  await text.click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('Dear ');
  await group(window, 'Text').getByRole('button', { name: 'Insert a variable' }).last().click();
  await app.getByRole('menuitem', { name: /^First name/ }).click();
  await page.keyboard.type(', look: ');
  await page.keyboard.press('ControlOrMeta+b');
  await page.keyboard.type('new <b>&');
  await mail(window).getByText('Dear Camille, look: new <b>&').waitFor();
  expect(await mail(window).locator('strong').textContent()).toBe('new <b>&');
  // The chip's own words for when there is no name.
  await text.locator('.variable-chip').click();
  await app.getByLabel('In place of First name when it is missing').fill('friend');
  await text.locator('.variable-chip', { hasText: 'First name · friend' }).waitFor();

  // What is pasted is words, bold words and links to the web; nothing else of it comes along.
  const french = group(window, 'Text').getByRole('textbox', { name: /French/ });
  await french.click();
  await french.evaluate((field) => {
    const clipboardData = new DataTransfer();
    const links = '<a href="javascript:alert(1)">one</a> <a href="https://a.example/(b)" onclick="alert(1)">two</a>';
    clipboardData.setData(
      'text/html',
      `<h1>Pasted ${links}<img src=x onerror="alert(1)"><span data-variable="nobody">x</span></h1>`,
    );
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  expect(await french.locator('.text-link').allTextContents()).toEqual(['two']);
  expect(await french.locator('img, a, h1, script, .variable-chip').count()).toBe(0);

  // A picture: what is none is refused in words, a true one comes back from the CDN.
  await app.getByRole('button', { name: 'Add a block below' }).click();
  await app.getByRole('menuitem', { name: /^Picture/ }).click();
  const file = app.locator('.block-open input[type="file"]');
  await file.setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('<svg onload="alert(1)"/>') });
  await app.getByText('Choose a JPG, PNG or GIF.').waitFor();
  await file.setInputFiles({ ...picture, buffer: Buffer.concat([picture.buffer, Buffer.alloc(1_000_000)]) });
  await app.getByText(/larger than 1 MB/).waitFor();
  await file.setInputFiles(picture);
  await app.locator('.picture-thumb').waitFor();
  const url = await app.getByLabel('Or its address on the web').inputValue();
  expect(url).toContain('ete-a-lyon.png');
  await group(window, 'What it shows, for those who do not see it')
    .getByLabel('English')
    .fill('"><img src=x onerror=alert(1)>');
  await mail(window).getByAltText('"><img src=x onerror=alert(1)>').waitFor();
  expect(await window.barriers()).toEqual([]);

  // Another subject, for some people only: removed and taken back, and the check says beside it that nobody is left for it.
  const subject = app.locator('.subject-row');
  await app.getByRole('button', { name: 'Add another subject' }).click();
  await subject.getByLabel('Used', { exact: true }).selectOption({ label: 'with a discount code' });
  await group(window, 'Subject').getByLabel('English').fill('Your code, {first_name|friend}');
  await subject.getByText('Your code, Camille').first().waitFor();
  await app.getByRole('button', { name: 'Remove this subject' }).click();
  await expect.poll(() => subject.count()).toBe(0);
  expect(await focused(window)).toBe('Undo');
  await page.keyboard.press('Enter');
  await app.getByRole('button', { name: 'Add another subject' }).click();
  await subject.getByLabel('Used', { exact: true }).selectOption({ label: 'when the code has a last day' });
  await app.getByText('Nobody gets this subject: one above already fits the same people.').waitFor();
  expect(await window.barriers()).toEqual([]);
  await app.getByRole('button', { name: 'Move this subject up' }).click();
  await app.getByText('Nobody gets this subject').waitFor({ state: 'detached' });
  await app.getByRole('button', { name: 'Remove this subject' }).click();

  await page.getByRole('region', { name: 'Unsaved changes' }).getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  const [{ overlay } = { overlay: {} }] = await store.ask<{ overlay: { emails?: Record<string, object> } }>(
    `select overlay from scenario_settings where shop_id = current_shop_id() and scenario = 'welcome'`,
  );
  expect(overlay.emails?.['welcome-2']).toMatchObject({
    subjectVariants: [{ when: ['hasCode'], subject: { en: 'Your code, {first_name|friend}' } }],
  });
  await app.getByLabel('Send a test to').fill('owner@editor.example');
  await app.getByRole('button', { name: 'Send a test' }).click();
  await eventually(async () => (await world.mailbox.list({ to: 'owner@editor.example' })).length, 1);
  const [sent] = await world.mailbox.list({ to: 'owner@editor.example' });
  const html = sent?.untrackedHtml ?? '';
  expect(html).toContain('Dear Camille, look: <strong>new &lt;b&gt;&amp;</strong>');
  expect(html).toContain(url.replaceAll('&', '&amp;'));
  expect(html).not.toContain('<!--block:');
  expect(html).not.toContain('onerror=alert(1)>"');
  expect(complaints).toEqual([]);
});

it('lets a block be picked in the preview, doubled and removed, and keeps the keyboard there', async () => {
  const window = await openAdmin(store);
  const { app, complaints } = window;
  await openEditor(window);
  const before = await rows(window).count();
  await mail(window).locator('[data-pickable] h1').click();
  await eventually(() => row(window, 'Heading').first().getAttribute('aria-expanded'), 'true');
  expect(await mail(window).locator('[data-picked]').count()).toBe(1);
  await expect
    .poll(() =>
      row(window, 'Heading')
        .first()
        .evaluate((head) => head.getBoundingClientRect().top >= 0),
    )
    .toBe(true);
  expect(await app.locator('.mail-stage iframe').getAttribute('sandbox')).toBe('allow-same-origin');
  await app.getByLabel('Shown', { exact: true }).selectOption('not:hasCode');
  await app.getByText('The block you are editing is not shown to this person.').waitFor();
  await app.getByLabel('Shown', { exact: true }).selectOption('always');
  await app.getByRole('button', { name: 'Duplicate' }).click();
  await expect.poll(() => rows(window).count()).toBe(before + 1);
  await app.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect.poll(() => rows(window).count()).toBe(before);
  await app.getByText(`Removed. ${before} blocks are left`).waitFor({ state: 'attached' });
  expect(await app.locator('.block-head:focus').count()).toBe(1);
  expect(complaints).toEqual([]);
});

it('shows one language at a time on a phone, and says what is missing beside its field', async () => {
  const window = await openAdmin(store, { viewport: PHONE, language: 'fr' });
  const { app, complaints } = window;
  await openEditor(window);
  const subject = group(window, 'Objet');
  expect([await subject.getByLabel('Français').isVisible(), await subject.getByLabel('Anglais').isVisible()]).toEqual([
    true,
    false,
  ]);
  await app.getByRole('button', { name: 'Anglais' }).click();
  await subject.getByLabel('Anglais').fill('');
  await subject.getByText('Écrivez un texte ici.').waitFor();
  await app.getByRole('button', { name: 'Anglais (1)' }).waitFor();
  await subject.getByLabel('Anglais').fill('Hello {first_name}');
  await subject.getByText(/La valeur de \{first_name\} peut manquer/).waitFor();
  expect([await window.overflow(), await window.barriers()]).toEqual([0, []]);
  expect(complaints).toEqual([]);
});
