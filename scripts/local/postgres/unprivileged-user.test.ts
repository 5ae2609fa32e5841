import { expect, test } from 'vitest';
import { pickUser } from './unprivileged-user';

const ROOT = 'root:x:0:0:root:/root:/bin/sh';
const SYNC = 'sync:x:4:0:sync:/bin:/bin/sync';
const NOBODY = 'nobody:x:65534:65534:nobody:/:/usr/sbin/nologin';
const POSTGRES = 'postgres:x:101:102::/var/lib/postgresql:/bin/sh';
const PERSON = 'ada:x:1000:1000::/home/ada:/bin/sh';

test('the postgres user comes first, then nobody, then any other', () => {
  expect(pickUser([ROOT, NOBODY, POSTGRES].join('\n'))).toEqual({ uid: 101, gid: 102 });
  expect(pickUser([ROOT, PERSON, NOBODY].join('\n'))).toEqual({ uid: 65534, gid: 65534 });
  expect(pickUser([ROOT, PERSON].join('\n'))).toEqual({ uid: 1000, gid: 1000 });
});

test('neither root nor a member of its group is taken', () => {
  expect(pickUser([ROOT, SYNC, ''].join('\n'))).toBeUndefined();
});
