import { expect, it } from 'vitest';
import { fileName } from './store-picture';

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
