/** Reads TXT records where a local run keeps them: in the sandbox. Handed to the app by `surroundings.ts` in place of DNS. */

/** @returns a reader that answers null when the sandbox is not there */
export function txtOf(sandboxUrl: string): (name: string) => Promise<string[] | null> {
  return async (name) => {
    try {
      const answer = await fetch(`${sandboxUrl}/control/api/sendgrid/dns/txt?name=${encodeURIComponent(name)}`);
      return ((await answer.json()) as { records: string[] }).records;
    } catch {
      return null;
    }
  };
}
