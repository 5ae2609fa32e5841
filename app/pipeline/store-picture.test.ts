import { expect, it } from 'vitest';
import { makeLogger } from '../log.server';
import { fileName, makeStorePicture } from './store-picture';

it.each([
  ['Été à Lyon (2).PNG', 'ete-a-lyon-2.png'],
  ['../../etc/passwd', 'etc-passwd.png'],
  ['a.jpg.exe', 'a-jpg.png'],
  ['"><img src=x>.png', 'img-src-x.png'],
  ['東京', 'picture.png'],
  [`${'long '.repeat(40)}.png`, `${'long-'.repeat(12)}.png`],
])('names %j so that nothing stumbles over it', (name, expected) => {
  expect(fileName(name, { extension: 'png' })).toBe(expected);
});

it('cuts a long description between two signs', async () => {
  const told: string[] = [];
  const storePicture = makeStorePicture({
    storeFile: async (_shop, { alt }) => {
      told.push(alt);
      return { state: 'working' };
    },
    log: makeLogger('silent'),
  });
  const bytes = Uint8Array.from([...Buffer.from('GIF89a'), 1, 0, 1, 0]);
  await storePicture({ id: 1, domain: 'lune.myshopify.com' }, { name: 'a.gif', alt: `${'a'.repeat(511)}🎁`, bytes });
  expect(told.map((alt) => [alt.length, alt.isWellFormed()])).toEqual([[512, true]]);
});
