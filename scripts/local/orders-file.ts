/** The file of real purchases a person gives the demo: found, read and checked before anything starts. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PURCHASE_FORM, readPurchases } from '../../sandbox/sample-store/purchases';
import { LARGEST_FILE } from '../../sandbox/sample-store/register';
import { makeProfileDir, projectRoot } from './paths';

export interface OrdersFile {
  path: string;
  text: string;
  orders: number;
}

/** npm runs scripts in the project's folder and tells where the person stood. */
const startedIn = () => process.env.INIT_CWD ?? projectRoot;

/** @throws Error for a person: what is wrong with the file, in which line, and how to mend it */
export function readOrdersFile(given: string): OrdersFile {
  if (given.trim() === '') throw new Error('“--orders” wants a file: npm run demo -- --orders FILE');
  const path = resolve(startedIn(), given);
  if (!existsSync(path))
    throw new Error(`There is no file ${path}. Give the path of a file of purchases: ${PURCHASE_FORM}.`);
  const stats = statSync(path);
  if (!stats.isFile()) throw new Error(`${path} is not a file. Give the path of the file itself.`);
  if (stats.size > LARGEST_FILE)
    throw new Error(`${path} is larger than ${LARGEST_FILE / 1024 / 1024} MB. Give a part of it.`);
  const text = readText(path);
  try {
    return { path, text, orders: readPurchases(text).length };
  } catch (error) {
    throw new Error(`${path} cannot be used. ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

interface FilledFrom {
  path: string;
  sha256: string;
}

/**
 * Keeps in a profile's folder which file its store is filled from.
 * @throws Error for a person when it is filled from another one
 */
export function claimForFile(profile: string, { path, text }: OrdersFile): void {
  const note = join(makeProfileDir(profile), 'orders-file.json');
  const sha256 = createHash('sha256').update(text).digest('hex');
  if (existsSync(note)) {
    const former = JSON.parse(readFileSync(note, 'utf8')) as FilledFrom;
    if (former.sha256 === sha256) return;
    const how = former.path === path ? 'as it was before it changed' : former.path;
    throw new Error(`The store here is filled from another file (${how}). Add --reset to start anew from ${path}.`);
  }
  writeFileSync(note, JSON.stringify({ path, sha256 } satisfies FilledFrom));
}
