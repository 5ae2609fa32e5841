/** The child's side of `child.ts`: says that the part is up, and ends it when asked to or when its starter is gone. */

/** @param close finishes the part's work; afterwards the process ends */
export function announceReady(close: () => Promise<void> | void): void {
  let ending = false;
  const end = async () => {
    if (ending) return;
    ending = true;
    try {
      await close();
      process.exit(0);
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      process.exit(1);
    }
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  process.once('disconnect', end);
  process.send?.('ready');
}
