// Result files of bulk operations and their signed, week-long addresses. Used by bulk/runner.ts and the BulkOperation type.
import { createHmac, randomBytes } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Request, Response } from 'express';
import { type App, route } from '../../http/router';
import { sameText } from '../id-token';

const secret = randomBytes(32);
const weekMs = 7 * 24 * 3_600_000;

export function bulkFileUrl(baseUrl: string, file: string): string {
  const expires = Date.now() + weekMs;
  return `${baseUrl}/bulk/${file}?expires=${expires}&signature=${sign(file, expires)}`;
}

function sign(file: string, expires: number): string {
  return createHmac('sha256', secret).update(`${file}:${expires}`).digest('hex');
}

export function registerBulkFiles(app: App, dir: string): void {
  app.get(
    '/bulk/:file',
    route((req: Request, res: Response) => {
      const file = String(req.params.file);
      const expires = Number(req.query.expires);
      if (!sameText(String(req.query.signature), sign(file, expires)) || expires < Date.now()) {
        res
          .status(403)
          .type('application/xml')
          .send('<?xml version="1.0"?><Error><Code>SignatureDoesNotMatch</Code></Error>');
        return;
      }
      const path = join(dir, file);
      if (!/^[\w-]+\.jsonl$/.test(file) || !existsSync(path)) {
        res.status(404).type('application/xml').send('<?xml version="1.0"?><Error><Code>NoSuchKey</Code></Error>');
        return;
      }
      res.type('application/jsonl');
      createReadStream(path).pipe(res);
    }),
  );
}
