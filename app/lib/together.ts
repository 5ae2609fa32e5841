/** Awaits what was begun at the same time. Queries of one transaction that are begun together travel together, instead of each waiting for the last. */
export async function together<T extends Record<string, Promise<unknown>>>(
  begun: T,
): Promise<{ [K in keyof T]: Awaited<T[K]> }> {
  const answers = await Promise.all(Object.entries(begun).map(async ([name, answer]) => [name, await answer]));
  return Object.fromEntries(answers);
}
