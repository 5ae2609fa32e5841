/** Fills the demo's store on the first start, through the sandbox's own door. */
import type { Progress } from './progress';
import type { StackAddresses } from './stack';

interface Filled {
  products: number;
  customers: number;
  orders: number;
}

const number = new Intl.NumberFormat('en');

/** Asks the sandbox for its sample store; one that is filled already answers 409 and stays as it is. */
export async function fillSampleStore({ sandboxUrl }: StackAddresses, progress: Progress): Promise<void> {
  await progress('Filling the store', async (note) => {
    const response = await fetch(`${sandboxUrl}/control/api/sample-store`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    if (response.status === 409) return note('already filled');
    if (!response.ok) throw new Error(`The sandbox could not fill the store: ${await response.text()}`);
    const { products, customers, orders } = (await response.json()) as Filled;
    note(`${products} products, ${number.format(customers)} customers, ${number.format(orders)} orders`);
  });
}
