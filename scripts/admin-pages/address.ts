/** Where the app's pages stand in the local admin. */

/** @param path below the app's home, empty for the home itself */
export function addressOf(sandboxUrl: string, handle: string, path: string): string {
  return `${sandboxUrl}/admin/store/${handle}/apps/relance${path && `/${path}`}`;
}
