/** What a scenario gives, whom it concerns, and those who were there before: each set on its page, shown beside it, kept. */
import { beforeAll, expect, it } from 'vitest';
import { DAY } from '../../app/lib/duration';
import { type Store, switchOn } from '../harness/store';
import { enterWorld } from '../stories/enter-world';
import { type AdminWindow, eventually, openAdmin } from './admin-window';

const world = await enterWorld();
let store: Store;

beforeAll(async () => {
  store = await world.openStore({ handle: 'offers', name: 'Maison Tilleul', locale: 'fr' });
  const candle = await store.stock({ title: 'Bougie Tilleul', price: '29.00' });
  await store.stock({ title: 'Thé du soir', price: '12.00' });
  const ago = (days: number) => new Date(world.now().getTime() - days * DAY).toISOString();
  for (const name of ['ines', 'hugo', 'zoe']) {
    const person = await store.shopper({ email: `${name}@example.com`, locale: 'fr', subscribedAt: ago(300) });
    await person.order([candle], { at: ago(200) });
  }
  await store.install();
  await world.settle();
});

/** Words a reader sees: an e-mail begins with hidden ones, for the inbox. */
const inMail = ({ app }: AdminWindow, words: RegExp) =>
  app.frameLocator('iframe').getByText(words).filter({ visible: true }).first();
/** Opens a section below the steps. */
const unfold = ({ app }: AdminWindow, title: string) => app.getByRole('button', { name: title, exact: true }).click();
const saveBar = ({ page }: AdminWindow) => page.getByRole('region', { name: 'Unsaved changes' });
const save = async (window: AdminWindow) => {
  await saveBar(window).getByRole('button', { name: 'Save' }).click();
};
const saved = async (scenario: string) =>
  (
    await store.ask<{ overlay: { offer?: object; audience?: object } }>(
      'select overlay from scenario_settings where shop_id = current_shop_id() and scenario = $1',
      [scenario],
    )
  )[0]?.overlay;

it('a percentage is in the preview while it is typed, in the e-mail’s language, and stays once it is saved', async () => {
  const window = await openAdmin(store);
  const { page, app, complaints } = window;
  await window.visit('scenarios/birthday');
  await inMail(window, /10.% de réduction/).waitFor();
  await app.getByText('Gives 10% off, valid 14 days.').waitFor();
  await unfold(window, 'The discount');
  await app.getByLabel('Percentage').fill('25');
  await inMail(window, /25.% de réduction/).waitFor();
  await app
    .locator('.step-map')
    .getByRole('button', { name: /^E-mail 1/ })
    .click();
  await app.getByText('Shows their code: 25% off.').first().waitFor();
  await app.getByLabel('Valid for').fill('30');
  await save(window);
  await page.getByText('Saved', { exact: true }).waitFor();
  expect(await saved('birthday')).toMatchObject({ offer: { kind: 'percentage', percent: 25, validDays: 30 } });
  await window.visit('scenarios/birthday');
  await unfold(window, 'The discount');
  expect(await app.getByLabel('Percentage').inputValue()).toBe('25');
  await window.visit('scenarios');
  await app.getByText('Gives 25% off, valid 30 days.').waitFor();
  expect(complaints).toEqual([]);
});

it('what is wrong stands beside its field, and nothing is saved', async () => {
  const window = await openAdmin(store);
  const { app, complaints } = window;
  await window.visit('scenarios/vip');
  await unfold(window, 'The discount');
  await app.getByLabel('Percentage').fill('150');
  await app.getByText('Choose a whole number from 1 to 100.').waitFor();
  // Closed, it says so; refused, it opens.
  await unfold(window, 'The discount');
  await app.getByText('1 to review').waitFor();
  await app.getByText('The best 5% by what they spent in twelve months').waitFor();
  await unfold(window, 'Whom it concerns');
  await app.getByLabel('Share of your customers').fill('80');
  await app.getByText('Choose a whole number from 1 to 50.').waitFor();
  await save(window);
  await app.getByText('2 fields need another look. Nothing was saved.').waitFor();
  expect(await saved('vip')).toBeUndefined();
  await unfold(window, 'The discount');
  await app.getByLabel('It gives').selectOption({ label: 'A code of my own, the same for everybody' });
  await app.getByText('Say in a few words what the code gives.').first().waitFor();
  await app.getByLabel('Your code').fill('MERCI');
  await app.getByLabel('What it gives, in French').fill('Un cadeau');
  await app.getByLabel('What it gives, in English').fill('A gift');
  await app.getByLabel('Its last day').fill('2020-01-01');
  await app.getByText('This day has passed. Choose a later one, or none.').waitFor();
  await app.getByLabel('Its last day').fill('');
  await app.getByLabel('Share of your customers').fill('10');
  await inMail(window, /Un cadeau/).waitFor();
  await save(window);
  await eventually(async () => (await saved('vip'))?.audience, { by: 'share', percent: 10 });
  expect(await saved('vip')).toMatchObject({ offer: { kind: 'fixed-code', code: 'MERCI', endsOn: null } });
  expect(complaints).toEqual([]);
});

it('products are chosen in Shopify’s picker, and found there again', async () => {
  const window = await openAdmin(store);
  const { page, app, complaints } = window;
  await window.visit('scenarios/abandoned-checkout');
  await app
    .locator('.step-map')
    .getByRole('button', { name: /^E-mail 3/ })
    .click();
  await app.getByText('Has room for a code; no discount is chosen').waitFor();
  // What the e-mail lacks is one click away.
  await app.getByRole('button', { name: 'Choose a discount' }).click();
  await app.getByLabel('It gives').selectOption({ label: 'An amount off' });
  await app.getByLabel('Amount', { exact: true }).fill('5,50');
  await app.getByLabel('It counts for').selectOption({ label: 'Some products' });
  const picker = page.getByRole('dialog');
  await picker.getByLabel('Search').fill('the');
  await picker.getByLabel('Thé du soir').check();
  await picker.getByRole('button', { name: 'Choose' }).click();
  await app.getByText('Thé du soir').waitFor();
  await app.getByRole('button', { name: 'Choose products' }).click();
  expect(await picker.getByLabel('Thé du soir').isChecked()).toBe(true);
  await picker.getByLabel('Bougie Tilleul').check();
  await picker.getByRole('button', { name: 'Choose' }).click();
  await app.getByText('Bougie Tilleul').waitFor();
  await save(window);
  await page.getByText('Saved', { exact: true }).waitFor();
  const titles = [{ title: 'Thé du soir' }, { title: 'Bougie Tilleul' }];
  expect(await saved('abandoned-checkout')).toMatchObject({
    offer: { kind: 'amount', amount: '5.50', items: { on: 'products', items: titles } },
  });
  await window.visit('scenarios/abandoned-checkout');
  await unfold(window, 'The discount');
  await app.getByText('Bougie Tilleul').first().waitFor();
  expect(complaints).toEqual([]);
});

it('the days without an order are the owner’s to choose', async () => {
  const window = await openAdmin(store);
  const { page, app, complaints } = window;
  await window.visit('scenarios/win-back');
  await unfold(window, 'Those who stopped ordering and were not written to');
  await app
    .getByText('3 customers have stopped ordering already. When you switch this on, they get nothing.')
    .waitFor();
  await unfold(window, 'Whom it concerns');
  await app.getByText('Customers who have not ordered for a number of days').click();
  await app.getByLabel('Days without an order').fill('3');
  await app.getByText('Choose 7 to 730 days.').waitFor();
  await app.getByLabel('Days without an order').fill('90');
  await app.getByText('Choose 7 to 730 days.').waitFor({ state: 'detached' });
  await save(window);
  await page.getByText('Saved', { exact: true }).waitFor();
  expect(await saved('win-back')).toMatchObject({ audience: { by: 'days', days: 90 } });
  await window.visit('scenarios/win-back');
  await app.getByText('Customers who have not ordered for 90 days').waitFor();
  await unfold(window, 'Whom it concerns');
  expect(await app.getByLabel('Days without an order').inputValue()).toBe('90');
  expect(complaints).toEqual([]);
});

it('those who stopped before are written to only after a second yes, and the page says at what pace', async () => {
  await switchOn(store, 'win-back');
  await world.settle();
  const enrolled = async () =>
    (await store.ask<{ n: number }>(`select count(*)::int as n from enrollments where shop_id = current_shop_id()`))[0]
      ?.n;
  const window = await openAdmin(store);
  const { page, app, complaints } = window;
  await window.visit('scenarios/win-back');
  await unfold(window, 'Those who stopped ordering and were not written to');
  await app
    .getByText('3 customers have stopped ordering and were not written to. They get nothing unless you say so.')
    .waitFor();
  await app.getByLabel('Spread over').fill('0');
  await app.getByRole('button', { name: 'Write to the 3 who may be e-mailed' }).click();
  await app.getByText('Choose 1 to 60 days.').waitFor();
  await app.getByLabel('Spread over').fill('3');
  await app.getByRole('button', { name: 'Write to the 3 who may be e-mailed' }).click();
  await app.getByText('They begin over 3 days, about 1 a day.').waitFor();
  await app.getByRole('button', { name: 'No, leave them' }).click();
  expect(await enrolled()).toBe(0);
  await app.getByRole('button', { name: 'Write to the 3 who may be e-mailed' }).click();
  await app.getByRole('button', { name: 'Yes, write to them' }).click();
  await page.getByText('3 customers are on the way').waitFor();
  await eventually(enrolled, 3);
  await app.getByText('Nobody has stopped ordering without being written to.').waitFor();
  expect(complaints).toEqual([]);
});
