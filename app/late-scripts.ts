/**
 * Has a page painted before its scripts are fetched and read: both take from the painting what it needs, on a machine of few
 * cores as much time again (decision 0023). Used by `entry.server` for what is sent; `run-late-scripts` starts them.
 */

/** As Remix's `Scripts` writes them, and as something no browser acts on. */
const CHANGES = [
  ['<link rel="modulepreload"', '<link rel="late-modulepreload"'],
  ['<script type="module" async="">', '<script type="text/late-module">'],
] as const;

/** The document with its scripts held back. */
export const withLateScripts = (html: string): string =>
  CHANGES.reduce((changed, [written, sent]) => changed.replaceAll(written, sent), html);
