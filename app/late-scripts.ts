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

/**
 * Changes a document on its way. React writes it in pieces of 2 kB: those of one turn go on as one, since each is compressed and
 * sent for itself. What may be the beginning of a tag at the end of what has come goes with the next.
 */
export function lateScripts(): Transform {
  const decoder = new TextDecoder();
  let kept = '';
  let turn: NodeJS.Immediate | undefined;
  return new Transform({
    transform(piece: Buffer, _encoding, done: TransformCallback) {
      kept += decoder.decode(piece, { stream: true });
      turn ??= setImmediate(() => {
        turn = undefined;
        const html = changed(kept);
        const open = html.lastIndexOf('<');
        const from = open >= 0 && html.length - open < LONGEST ? open : html.length;
        kept = html.slice(from);
        this.push(html.slice(0, from));
      });
      done();
    },
    flush(done) {
      clearImmediate(turn);
      done(null, changed(kept + decoder.decode()));
    },
    destroy(error, done) {
      clearImmediate(turn);
      done(error);
    },
  });
}
