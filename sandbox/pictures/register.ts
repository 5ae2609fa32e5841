// Serves the drawn pictures at /pictures/<name>.png; mounted by sandbox/main.ts, linked from products, e-mails and the storefront.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SandboxContext } from '../http/context';
import { type App, route } from '../http/router';
import { drawPicture } from './draw';

/** Pictures kept in memory; one is about 60 kB. */
const KEPT = 300;
/** Part of the file name on disk: raise it when the drawings change. */
const EDITION = 3;

type PictureFinder = (name: string, width?: number) => Promise<Buffer | undefined>;

/** Finds a picture in memory, then on disk (when `dataDir` is given), else draws it; one at a time, so that other requests get a turn. */
export function createPictureFinder(dataDir?: string): PictureFinder {
  const kept = new Map<string, Buffer>();
  const folder = dataDir === undefined ? undefined : join(dataDir, 'pictures');
  let turn: Promise<unknown> = Promise.resolve();

  const drawOrRead = (name: string, width?: number): Buffer | undefined => {
    const file = folder && join(folder, `${EDITION}-${name}-${width ?? 'full'}.png`);
    if (file && existsSync(file)) return readFileSync(file);
    const picture = drawPicture(name, width);
    if (picture && folder && file) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, picture);
    }
    return picture;
  };

  return async (name, width) => {
    if (!/^[a-z]+(-\d{1,4})?$/.test(name)) return undefined;
    const key = `${name}@${width ?? 'full'}`;
    const known = kept.get(key);
    if (known) return known;
    const mine = turn
      .then(() => new Promise((resolve) => setImmediate(resolve)))
      .then(() => kept.get(key) ?? drawOrRead(name, width));
    turn = mine.catch(() => undefined);
    const picture = await mine;
    if (!picture) return undefined;
    kept.set(key, picture);
    const oldest = kept.keys().next().value;
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    return picture;
  };
}

/** Widths are rounded up to steps, so that nobody fills the disk by asking for every one. */
function widthAsked(value: unknown): number | undefined {
  const width = Number(value);
  if (typeof value !== 'string' || !Number.isFinite(width) || width <= 0) return undefined;
  return Math.min(1600, Math.ceil(width / 100) * 100);
}

/** Mounts `/pictures/<name>.png?width=…`; names are those of `drawPicture`. */
export function registerPictures(app: App, ctx: Pick<SandboxContext, 'options'>): void {
  const find = createPictureFinder(ctx.options.dataDir);
  app.get(
    '/pictures/:file',
    route(async (req, res) => {
      const [, name] = /^([a-z0-9-]+)\.png$/.exec(req.params.file ?? '') ?? [];
      const picture = name === undefined ? undefined : await find(name, widthAsked(req.query.width));
      if (!picture) {
        res.status(404).type('text/plain').send('No such picture.');
        return;
      }
      res.set('Cache-Control', 'public, max-age=31536000, immutable').set('Access-Control-Allow-Origin', '*');
      res.type('image/png').send(picture);
    }),
  );
}
