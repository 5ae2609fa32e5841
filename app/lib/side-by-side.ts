/** Works through a list, `most` at a time; when some fail, the rest is finished before the first failure is thrown. */
export async function sideBySide<T>(
  most: number,
  list: readonly T[],
  work: (one: T) => Promise<unknown>,
): Promise<void> {
  const left = list.values();
  const failures: unknown[] = [];
  const line = async () => {
    for (const one of left) await work(one).catch((error: unknown) => failures.push(error));
  };
  await Promise.all(Array.from({ length: most }, line));
  if (failures.length > 0) throw failures[0];
}
