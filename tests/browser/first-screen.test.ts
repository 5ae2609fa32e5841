/** What a page shows first: its head, and the rest right after. */
import { beforeAll, expect, it } from 'vitest';
import { appFrame } from '../harness/app-frame';
import type { Store } from '../harness/store';
import { enterWorld } from '../stories/enter-world';
import { DESKTOP, openAdmin, PHONE } from './admin-window';

const world = await enterWorld();
let store: Store;

beforeAll(async () => {
  store = await world.openStore({ handle: 'first-screen', name: 'First Screen' });
  await store.install();
  await world.settle();
});

/** What a frame of the page showed, as the browser's own rules of visibility say. */
interface Shown {
  painted: boolean;
  head: boolean;
  rest: boolean;
}

/** Notes with each frame, until half a second after the first picture, whether the head and what is below it are shown. */
const NOTE = `(() => {
  globalThis.shown = [];
  const isShown = (place) => document.querySelector(place)?.checkVisibility() ?? null;
  const look = () => {
    const paint = performance.getEntriesByType('paint')[0];
    const rest = isShown('.below-the-head h2');
    if (rest !== null) globalThis.shown.push({ painted: paint !== undefined, head: isShown('h1'), rest });
    if (!paint || performance.now() - paint.startTime < 500) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();`;

it.each([DESKTOP, PHONE])(
  'paints the head of a scenario first, and the rest right after ($width)',
  async (viewport) => {
    const { page, app, visit } = await openAdmin(store, { viewport });
    await page.addInitScript(NOTE);
    await visit('scenarios/welcome');
    const shown: Shown[] = await appFrame(page).evaluate('globalThis.shown');
    expect(shown.every(({ head }) => head)).toBe(true);
    expect(shown.filter(({ painted, rest }) => !painted && rest)).toEqual([]);
    expect(shown.at(-1)).toEqual({ painted: true, head: true, rest: true });
    expect(await app.getByRole('heading', { name: 'Steps' }).isVisible()).toBe(true);
  },
);
