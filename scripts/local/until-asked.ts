/** When a command that runs until it is ended shall end; used by the demo, `dev` and `shopify-dev`. */

/** Resolves when a person (Ctrl-C) or the system asks this process to end; asking again changes nothing. */
export function askedToEnd(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });
}

/** Turns the message of a part that died into an error. */
export async function whenDied(died: Promise<string>): Promise<never> {
  throw new Error(`${await died}\nEverything is stopped.`);
}

/** Runs a command to its end: exit code as the command left it, or 1 and one message for a person. */
export async function runCommand(command: (ended: Promise<void>) => Promise<void>): Promise<never> {
  try {
    await command(askedToEnd());
    process.exit();
  } catch (error) {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
