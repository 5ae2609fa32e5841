/** One question to the Admin API: its text and how its answer is read. Every document stands in this folder, so that tests can list them all. */
import { z } from 'zod';

export interface AdminDocument<T> {
  /** The operation's name, for the log. */
  name: string;
  text: string;
  /** @throws when the answer is not what was asked for */
  read(data: unknown): T;
}

/** A page of a connection. */
export interface Page<T> {
  rows: T[];
  /** Where the next page begins; null on the last. */
  next: string | null;
}

const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() });
const connection = z.object({ nodes: z.array(z.unknown()), pageInfo });

/** Reads `<field> { nodes pageInfo }` into rows. */
export function readPage<T>(data: unknown, field: string, read: (node: unknown) => T): Page<T> {
  return readConnection(z.record(z.string(), z.unknown()).parse(data)[field], read);
}

/** Reads a connection's own nodes and where its next page begins. */
export function readConnection<T>(told: unknown, read: (node: unknown) => T): Page<T> {
  const { nodes, pageInfo: info } = connection.parse(told);
  return { rows: nodes.map(read), next: info.hasNextPage ? (info.endCursor ?? null) : null };
}
