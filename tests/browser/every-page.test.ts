/** Every page, in both languages, at a desk and on a phone: it shows, fits the window, shuts nobody out, and nothing complains. */
import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../harness/store';
import { enterWorld } from '../stories/enter-world';
import { DESKTOP, openAdmin, PHONE } from './admin-window';

const world = await enterWorld();
let store: Store;
let customer: string;

beforeAll(async () => {
  store = await world.openStore({ handle: 'pages', name: 'Maison d’édition “L’Étoile” & Cie, 東京' });
  const shopper = await store.shopper({
    email: 'jean-baptiste.de-la-fontaine-montmorency@a-very-long-domain-name.example',
    firstName: 'Jean-Baptiste-Emmanuel-Théophile',
    subscribedAt: world.now().toISOString(),
  });
  customer = shopper.id();
  await store.install();
  await store.admin.switchScenario('welcome', true);
  await world.settle();
});

const PAGES = [
  '',
  'scenarios',
  'scenarios/welcome',
  'scenarios/abandoned-checkout',
  'scenarios/birthday',
  'scenarios/win-back',
  'scenarios/vip',
  'customers',
  'customers/:id',
  'settings',
  'settings/brand',
  'settings/domain',
  'settings/refusals',
  'settings/privacy',
  'restored',
];

/** A word that is missing shows as its name; a value that is missing as what a computer calls it. */
const groups = readdirSync('app/i18n/admin/en').map((file) => file.replace('.json', ''));
const MISSING = new RegExp(`\\b(${groups.join('|')})\\.[a-z]|\\{\\{|undefined|NaN`);

describe.each(['fr', 'en'] as const)('in %s', (language) => {
  it.each([DESKTOP, PHONE])('every page fits a window %o', async (viewport) => {
    const window = await openAdmin(store, { language, viewport });
    for (const path of PAGES) {
      await window.visit(path.replace(':id', customer));
      expect([path, await window.overflow()]).toEqual([path, 0]);
      // What axe finds is the same at both widths.
      if (viewport === DESKTOP) expect([path, await window.barriers()]).toEqual([path, []]);
      // biome-ignore lint/performance/useDomNodeTextContent: what is seen alone counts, not the text of scripts
      expect(await window.app.locator('body').innerText()).not.toMatch(MISSING);
    }
    expect(window.complaints).toEqual([]);
  });
});
