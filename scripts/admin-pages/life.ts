/** Gives the sample store a few days of life: people subscribe, leave carts, click and buy. Called by `stores.ts`. */
import { SCENARIO_KEYS } from '../../app/domain/scenario';
import type { ProductRecord } from '../../sandbox/shopify/records';
import { advanceTo, type Settling, settle } from '../../tests/harness/settle';
import { type Product, type Store, storeOf } from '../../tests/harness/store';
import type { World } from '../../tests/harness/world';

/** The sample store of the demo. */
export const SAMPLE_SHOP = 'maison-lune';

interface Scene {
  world: World;
  store: Store;
  settling: Settling;
}

const PEOPLE = [
  { email: 'camille.roux@example.com', firstName: 'Camille', locale: 'fr' },
  { email: 'oliver.reed@example.com', firstName: 'Oliver', locale: 'en' },
  { email: 'ines.marchand@example.com', firstName: 'Inès', locale: 'fr' },
  { email: 'hugo.petit@example.com', firstName: 'Hugo', locale: 'fr' },
  { email: 'grace.lee@example.com', firstName: 'Grace', locale: 'en' },
] as const;

async function passDays({ world, settling }: Scene, days: number): Promise<void> {
  await advanceTo(settling, new Date(world.now().getTime() + days * 86_400_000));
}

/** Some products of the sample store, as the shoppers' verbs want them. */
async function shelf(store: Store): Promise<Product[]> {
  const { products } = await store.look<{
    products: ProductRecord[];
  }>('products?limit=30');
  // What nobody can buy, no reminder shows.
  const onSale = products.filter(({ status, publishedAt }) => status === 'ACTIVE' && publishedAt !== null);
  return onSale.map(({ id, title, handle, variantIds }) => ({
    id,
    title,
    handle,
    variantIds,
    variantId: variantIds[0] ?? '',
  }));
}

/**
 * Installs the app in the sample store, switches every scenario on and lets ten days go by.
 * @returns the store, and a customer with a story to read
 */
export async function liveSomeDays(world: World): Promise<{ store: Store; customerId: string }> {
  const domain = `${SAMPLE_SHOP}.myshopify.com`;
  const { storefrontUrl: url } = await world.sandbox.get<{ storefrontUrl: string }>(`/control/api/shops/${domain}`);
  const store = storeOf({ sandbox: world.sandbox, rows: world.rows, mailbox: world.mailbox, domain, url });
  await store.install();
  const shopIds = () => [store.shopId()];
  const scene = { world, store, settling: { sandbox: world.sandbox, rows: world.rows, now: world.now, shopIds } };
  await settle(scene.settling);
  return { store, customerId: await act(scene) };
}

async function act(scene: Scene): Promise<string> {
  const { world, store } = scene;
  for (const key of SCENARIO_KEYS) await store.admin.switchScenario(key, true);
  // Something to come back to.
  for (const wait of ['3d', '4d'] as const) await store.admin.saveDelays('welcome', { 'two-days': wait });
  const products = await shelf(store);
  const people = PEOPLE.map((person) => store.stranger(person));
  for (const [index, person] of people.entries()) {
    await person.subscribe();
    const product = products[index];
    if (product) await person.abandon([product]);
    await passDays(scene, 1);
  }
  const [reader, ...others] = people;
  if (!reader || !products[0]) throw new Error('Nobody is there to photograph.');
  for (const person of [reader, ...others.slice(0, 2)]) {
    const [mail] = await person.mails();
    if (mail) await world.mailbox.click(mail, store.url);
  }
  await passDays(scene, 0.1);
  await reader.order([products[0]]);
  await passDays(scene, 5);
  return reader.id();
}
