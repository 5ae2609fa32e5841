/**
 * The stores in which every page and state of the admin can be met. Made through the app's own doors; used by the
 * screenshots and by the audit of the admin.
 */
import { untilAwake } from '../../tests/harness/app-frame';
import type { Store } from '../../tests/harness/store';
import { openWorld, type World } from '../../tests/harness/world';
import { launchBrowser, openContext } from '../local/chromium';
import type { Progress } from '../local/progress';
import type { Stack } from '../local/stack';
import { addressOf } from './address';
import { liveSomeDays, SAMPLE_SHOP } from './life';

/**
 * `lively`: the sample store after some days; `empty`: installed, with nobody in it; `arriving`: its import still runs;
 * `troubled`: whatever can ask for the owner does.
 */
export type StoreName = 'lively' | 'empty' | 'arriving' | 'troubled';

export interface Stores {
  /** The name of each in its addresses. */
  handles: Record<StoreName, string>;
  /** A customer of the lively one with a story to read. */
  customerId: string;
}

const handleOf = ({ domain }: Store) => domain.replace('.myshopify.com', '');

const LIST = [
  'Email,Klaviyo ID,Email Marketing Consent,Email Marketing Consent Timestamp,Email Suppressions',
  'odile@example.com,01H,UNSUBSCRIBED,2026-10-02 09:00:00,',
  'gone@example.com,01J,SUBSCRIBED,2026-01-01 09:00:00,HARD_BOUNCE',
  'fine@example.com,01K,SUBSCRIBED,2026-01-01 09:00:00,',
].join('\n');

/** Brings a list of people who must not get e-mails, as the owner does. */
async function bringList(sandboxUrl: string, store: Store, { take }: { take: boolean }): Promise<void> {
  const browser = await launchBrowser();
  try {
    const page = await (await openContext(browser)).newPage();
    await page.goto(addressOf(sandboxUrl, handleOf(store), 'settings/refusals'), { waitUntil: 'networkidle' });
    await untilAwake(page);
    const app = page.frameLocator('#app-frame');
    const file = { name: 'klaviyo-export.csv', mimeType: 'text/csv', buffer: Buffer.from(LIST) };
    await app.locator('input[type=file]').setInputFiles(file);
    const importing = app.getByRole('button', { name: /^Import 2/ });
    await importing.waitFor();
    if (take)
      await Promise.all([page.waitForResponse((answer) => answer.request().method() === 'POST'), importing.click()]);
  } finally {
    await browser.close();
  }
}

/** Restored from a copy, paused, asked for customers' data, its domain and a list waiting. */
async function trouble(world: World, sandboxUrl: string): Promise<Store> {
  const store = await world.openStore({ handle: 'atelier-brume', name: 'Atelier Brume' });
  await store.install();
  await store.admin.switchScenario('welcome', true);
  for (const name of ['odile', 'paul'])
    await store.shopper({ email: `${name}@example.com`, firstName: name, subscribedAt: world.now().toISOString() });
  await world.settle();
  const hourAgo = new Date(world.now().getTime() - 3_600_000).toISOString();
  await store.ask('update shops set restored_from = $1, restored_until = $2', [hourAgo, world.now().toISOString()]);
  await store.ask(
    `update messages set status = 'unsettled', reason = 'restored-from-copy', sent_at = null, handed_over_at = $1`,
    [world.now().toISOString()],
  );
  for (const [index, email] of ['odile@example.com', 'paul@example.com'].entries()) {
    const customer = { id: 900_000 + index, email, phone: null };
    const payload = { shop_domain: store.domain, orders_requested: [], customer, data_request: { id: 4712 + index } };
    await world.sandbox.post('/control/api/webhooks/raw', {
      shop: store.domain,
      topic: 'customers/data_request',
      payload,
    });
  }
  await world.settle();
  const connect = { intent: 'connect', domain: 'atelier-brume.example', mailbox: 'bonjour' };
  await store.admin.call({ path: '/app/settings/domain.data', method: 'POST', json: connect });
  await store.admin.pause(true);
  await bringList(sandboxUrl, store, { take: false });
  return store;
}

/** Makes all of them; the worker rests from then on, so that nothing changes while one looks. */
export async function makeStores(stack: Stack, progress: Progress): Promise<Stores> {
  const { addresses } = stack;
  const world = await openWorld(addresses);
  try {
    const { store, customerId } = await progress('Living some days in the store', () => liveSomeDays(world));
    return await progress('Opening more stores', async () => {
      const empty = await world.openStore({ handle: 'nouvelle-page', name: 'Nouvelle Page' });
      await empty.install();
      const troubled = await trouble(world, addresses.sandboxUrl);
      await bringList(addresses.sandboxUrl, store, { take: true });
      await world.settle();
      await stack.rest('worker');
      const arriving = await world.openStore({ handle: 'bois-flotte', name: 'Bois Flotté' });
      await arriving.install();
      const handles = {
        lively: SAMPLE_SHOP,
        empty: handleOf(empty),
        troubled: handleOf(troubled),
        arriving: handleOf(arriving),
      };
      return { handles, customerId };
    });
  } finally {
    await world.close();
  }
}
