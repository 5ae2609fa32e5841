/**
 * Has a page painted before its scripts are fetched and read: both take from the painting what it needs, on a machine of few
 * cores as much time again (decision 0023). Used by `entry.server` for what is sent, and by `root` for what starts them.
 */
import { Transform, type TransformCallback } from 'node:stream';

/** As Remix's `Scripts` writes them, and as something no browser acts on. */
const CHANGES = [
  ['<link rel="modulepreload"', '<link rel="late-modulepreload"'],
  ['<script type="module" async="">', '<script type="text/late-module">'],
] as const;

const LONGEST = Math.max(...CHANGES.map(([written]) => written.length));

const changed = (html: string) => CHANGES.reduce((text, [written, sent]) => text.replaceAll(written, sent), html);

/** Changes a document on its way; what may be the beginning of a tag at the end of a piece goes with the next. */
export function lateScripts(): Transform {
  const decoder = new TextDecoder();
  let kept = '';
  return new Transform({
    transform(piece: Buffer, _encoding, done: TransformCallback) {
      const html = changed(kept + decoder.decode(piece, { stream: true }));
      const open = html.lastIndexOf('<');
      const from = open >= 0 && html.length - open < LONGEST ? open : html.length;
      kept = html.slice(from);
      done(null, html.slice(0, from));
    },
    flush(done) {
      done(null, changed(kept + decoder.decode()));
    },
  });
}
