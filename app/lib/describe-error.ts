/** What of an error may stand in a log: where and what, never the values it failed on. */

/**
 * Message and stack of an error. A failed query is told by its cause alone: its own message repeats every parameter, and
 * those may be addresses or tokens.
 */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  if ('query' in error && 'params' in error) {
    const cause = error.cause instanceof Error ? error.cause.message : 'no cause given';
    return `A query failed: ${cause}${whereOf(error)}`;
  }
  return error.stack ?? error.message;
}

/** The frames of the stack without the message above them. */
function whereOf(error: Error): string {
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return frames.length > 0 ? `\n${frames.join('\n')}` : '';
}
