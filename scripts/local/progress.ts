/** Tells the person at the terminal which long step is under way; on standard error, as `--json` owns standard output. */

/** Lets a step say how far it is, e.g. `1,200 of 5,000 customers`. */
export type Note = (text: string) => void;

/** Runs a step under a title, counting its seconds. */
export type Progress = <T>(title: string, step: (note: Note) => Promise<T>) => Promise<T>;

const CLEAR_LINE = '\r\u001b[K';

/** How often a running step shows itself: a terminal line is rewritten, a log file gets a line now and then. */
const EVERY_MS = { terminal: 500, file: 15_000 };

/** Progress on a stream: on a terminal one line per step that counts, elsewhere a line at the end and one each 15 s. */
export function showProgress(out: NodeJS.WriteStream): Progress {
  return async (title, step) => {
    const started = performance.now();
    const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
    let note = '';
    const running = () => `${title} …${note && ` ${note},`} ${seconds()}`;
    const show = () => out.write(out.isTTY ? `${CLEAR_LINE}${running()}` : `${running()}\n`);
    const timer = setInterval(show, out.isTTY ? EVERY_MS.terminal : EVERY_MS.file);
    if (out.isTTY) show();
    const end = (outcome: string) => {
      clearInterval(timer);
      out.write(`${out.isTTY ? CLEAR_LINE : ''}${title}: ${outcome} (${seconds()})\n`);
    };
    try {
      const result = await step((text) => {
        note = text;
      });
      end(note || 'done');
      return result;
    } catch (error) {
      end('failed');
      throw error;
    }
  };
}

/** Says nothing, for test set-ups. */
export const silently: Progress = (_title, step) => step(() => {});
