/** A field's error as Polaris wants it: absent rather than undefined. Used by the forms. */
export function withError(error: string | undefined): { error?: string } {
  return error === undefined ? {} : { error };
}
