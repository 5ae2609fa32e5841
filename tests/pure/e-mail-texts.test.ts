/** docs/e-mail-texts.md lists the variables an owner may write, and no other. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { VARIABLES } from '../../app/emails/variables';

it('the variables of the handbook are those of the code', () => {
  const handbook = readFileSync('docs/e-mail-texts.md', 'utf8');
  const listed = [...handbook.matchAll(/^\| `\{(\w+)\}` \|.*\| (yes|no) \|$/gm)].map(([, name, missing]) => [
    name,
    missing === 'yes',
  ]);
  expect(listed).toEqual(Object.entries(VARIABLES).map(([name, { mayBeMissing }]) => [name, mayBeMissing]));
});
