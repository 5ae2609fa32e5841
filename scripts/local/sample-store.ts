/** Fills the demo's store on the first start, through the sandbox's own door. */
import type { OrdersFile } from './orders-file';
import type { Progress } from './progress';
import type { StackAddresses } from './stack';

interface Filled {
  /** Domain. */
  shop: string;
  /** Where its shoppers go; told of a store filled from a file. */
  storefront?: string;
  products: number;
  customers: number;
  orders: number;
}

const number = new Intl.NumberFormat('en');

/** @returns null when the store is filled already and stays as it is */
async function askToFill(url: string, type: string, body: string): Promise<Filled | null> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': type }, body });
  if (response.status === 409) return null;
  if (!response.ok) throw new Error(`The sandbox could not fill the store: ${await response.text()}`);
  return (await response.json()) as Filled;
}

const describe = ({ products, customers, orders }: Filled) =>
  `${products} products, ${number.format(customers)} customers, ${number.format(orders)} orders`;

/** Asks the sandbox for its sample store. */
export async function fillSampleStore({ sandboxUrl }: StackAddresses, progress: Progress): Promise<void> {
  await progress('Filling the store', async (note) => {
    const filled = await askToFill(`${sandboxUrl}/control/api/sample-store`, 'application/json', '{}');
    note(filled ? describe(filled) : 'already filled');
  });
}

/** Fills a store with the purchases of a file instead; `handle` is the store's name in its addresses. */
export async function fillFromFile(
  { sandboxUrl }: Pick<StackAddresses, 'sandboxUrl'>,
  { file, handle }: { file: Pick<OrdersFile, 'text'>; handle: string },
  progress: Progress,
): Promise<Filled | null> {
  return progress('Filling the store from the file', async (note) => {
    const url = `${sandboxUrl}/control/api/sample-store/purchases?shop=${handle}`;
    const filled = await askToFill(url, 'text/plain', file.text);
    note(filled ? describe(filled) : 'already filled; --reset moves its last day to today');
    return filled;
  });
}
