/** The story of `npm run demo -- --story`, on the stack of the tests. */
import { expect, it } from 'vitest';
import { silently } from '../../scripts/local/progress';
import { tellStory } from '../../scripts/story/main';
import { enterWorld } from './enter-world';

const world = await enterWorld();

it('three weeks of one store bring every e-mail that is expected, and no other', async () => {
  const { report, checks } = await tellStory(world, silently);
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(report.emails.length).toBeGreaterThan(20);
}, 120_000);
