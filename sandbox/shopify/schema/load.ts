// Shopify's own Admin schema and the access scope of each type and field, from the tarball of an npm package that is never installed.
// Fetched once with `npm pack`, checked against a pinned hash, cached. Used by the GraphQL door and by tests that check documents.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { buildClientSchema, type GraphQLSchema, type IntrospectionQuery } from 'graphql';

export const apiVersion = '2026-10';

const source = {
  package: '@shopify/dev-mcp@1.16.0',
  integrity: 'sha512-tqgRnK7sQhjew+htxtleTH23nXB5fZcsrhWgEkomsorGXvLOB2mh2upwZm8uzuTDNTZnqtLMe64yIwh6s2awtw==',
  member: `package/dist/data/admin_${apiVersion}.json.gz`,
};

export interface ScopeEntry {
  type: 'type' | 'field';
  typeName: string;
  fieldName?: string;
  requiredAccess: string;
  /** Any one of these opens the type or field; empty: open. */
  offlineScopes: string[];
}

export interface AdminSchema {
  schema: GraphQLSchema;
  scopes: ScopeEntry[];
}

interface SchemaFile {
  data: IntrospectionQuery;
  offline_scopes: { items: ScopeEntry[] };
}

let loaded: AdminSchema | undefined;

/** Builds the full schema (half a second), once per process. */
export function loadAdminSchema(): AdminSchema {
  loaded ??= build(readSchemaFile());
  return loaded;
}

function build(file: SchemaFile): AdminSchema {
  return { schema: buildClientSchema(file.data, { assumeValid: true }), scopes: file.offline_scopes.items };
}

/** Fetches the file if it is not cached yet; scripts may call it early so that nothing waits for it later. */
export function readSchemaFile(cacheDir = defaultCacheDir()): SchemaFile {
  const cached = join(cacheDir, `admin_${apiVersion}.${source.integrity.slice(7, 19).replace(/\W/g, '')}.json.gz`);
  if (!existsSync(cached)) {
    const member = readTarMember(gunzipSync(fetchTarball()), source.member);
    mkdirSync(cacheDir, { recursive: true });
    const temporary = `${cached}.${process.pid}`;
    writeFileSync(temporary, member);
    renameSync(temporary, cached);
  }
  return JSON.parse(gunzipSync(readFileSync(cached)).toString('utf8')) as SchemaFile;
}

function defaultCacheDir(): string {
  let dir = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(dir, 'package.json')) && dirname(dir) !== dir) dir = dirname(dir);
  return join(dir, 'node_modules', '.cache', 'relance');
}

function fetchTarball(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'admin-schema-'));
  try {
    // npm itself waits five minutes for a connection that has gone silent.
    const patience = ['--fetch-timeout=20000', '--fetch-retries=4', '--fetch-retry-mintimeout=1000'];
    execFileSync('npm', ['pack', source.package, '--silent', '--pack-destination', folder, ...patience], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
    });
    const name = readdirSync(folder).find((entry) => entry.endsWith('.tgz'));
    if (name === undefined) throw new Error(`npm pack ${source.package} wrote no tarball.`);
    const tarball = readFileSync(join(folder, name));
    const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
    if (integrity !== source.integrity)
      throw new Error(`${source.package} does not have the pinned hash; got ${integrity}.`);
    return tarball;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One file out of an uncompressed tar: 512-byte headers with the name at 0, the octal size at 124 and a prefix at 345. */
export function readTarMember(tar: Buffer, wanted: string): Buffer {
  const textAt = (start: number, length: number): string => {
    const end = tar.indexOf(0, start);
    return tar.toString('utf8', start, end === -1 ? start + length : Math.min(end, start + length));
  };
  for (let at = 0; at + 512 <= tar.length; ) {
    const name = textAt(at, 100);
    if (name === '') break;
    const prefix = textAt(at + 345, 155);
    const size = Number.parseInt(textAt(at + 124, 12).trim(), 8);
    if ((prefix === '' ? name : `${prefix}/${name}`) === wanted) return tar.subarray(at + 512, at + 512 + size);
    at += 512 + Math.ceil(size / 512) * 512;
  }
  throw new Error(`The tarball has no ${wanted}.`);
}
