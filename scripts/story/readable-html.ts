/** HTML with its numeric references read, to look for words in it as a person sees them. Used by the story's checks and by stories. */

export function readableHtml(html: string | undefined): string {
  return (html ?? '').replace(/&#x([0-9a-f]+);/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));
}
