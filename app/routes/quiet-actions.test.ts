import { expect, it } from 'vitest';
import { shouldRevalidate as checks } from './app.scenarios.$key.checks';
import { shouldRevalidate as doubleSender } from './app.scenarios.$key.double-sender';
import { shouldRevalidate as why } from './app.scenarios.$key.why';

type Posted = Parameters<typeof why>[0];
/** After a post to an address of the scenario. */
const after = (address: string) =>
  ({ formAction: `/app/scenarios/welcome${address}`, defaultShouldRevalidate: true }) as Posted;
const readAgain = (address: string) => [checks, why, doubleSender].map((one) => one(after(address)));

it.each(['/preview', '/draft', '/share', '/test'])(
  'nothing a scenario page has read is read again after %s',
  (address) => {
    expect(readAgain(address)).toEqual([false, false, false]);
  },
);

it('once it is saved or switched, all is but what Shopify tells; after a look was asked for, the checks are', () => {
  expect([readAgain(''), readAgain('/checks')]).toEqual([
    [true, true, false],
    [true, false, false],
  ]);
});
