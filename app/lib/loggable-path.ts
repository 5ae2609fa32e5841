/** A request's path as it may stand in a log. Used wherever requests are told of. */

/** What follows these opens somebody's preferences for ever, or what an owner showed to a few. Express takes either case and repeated slashes alike. */
const TOKEN_PATHS = /^(\/+(?:unsubscribe|preferences|preview)\/+).+$/i;

/** @param path without the query, which holds id tokens and search words */
export function loggablePath(path: string): string {
  return path.replace(TOKEN_PATHS, '$1…');
}
