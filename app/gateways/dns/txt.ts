/** Reads TXT records from DNS. A part of its own, so that a local run reads them where it keeps them. */
import { Resolver } from 'node:dns/promises';

/** @returns null when DNS was not reached; an empty list where nothing stands */
export type ReadTxt = (name: string) => Promise<string[] | null>;

/** Nothing there: an answer, not a failure. */
const NOTHING = ['ENOTFOUND', 'ENODATA'];

export const readTxt: ReadTxt = async (name) => {
  const resolver = new Resolver({ timeout: 3000, tries: 2 });
  try {
    // A long record comes in pieces.
    return (await resolver.resolveTxt(name)).map((pieces) => pieces.join(''));
  } catch (error) {
    const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : null;
    return NOTHING.includes(String(code)) ? [] : null;
  }
};
