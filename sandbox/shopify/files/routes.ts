// The store uploads go to, and the CDN files come from. Mounted by register.ts.
import type { Request, Response } from 'express';
import type { SandboxContext } from '../../http/context';
import { type App, rawBody, route } from '../../http/router';
import { sameText } from '../id-token';
import type { StagedUpload, StagedUploads } from './staged-uploads';

const mostBytes = 20 * 1024 * 1024;

function refuse(res: Response, status: number, code: string): void {
  res.status(status).type('application/xml').send(`<?xml version="1.0"?><Error><Code>${code}</Code></Error>`);
}

function take(res: Response, upload: StagedUpload, file: { bytes: Buffer; type: string }): boolean {
  if (file.type !== upload.mimeType) refuse(res, 403, 'AccessDenied');
  else if (file.bytes.length === 0 || file.bytes.length > mostBytes) refuse(res, 400, 'EntityTooLarge');
  else {
    upload.bytes = file.bytes;
    return true;
  }
  return false;
}

/** A form as the storage reads it: fields first, the file last; fields behind the file are not seen. */
async function takeForm(req: Request, res: Response, uploads: StagedUploads): Promise<void> {
  const headers = { 'content-type': req.get('content-type') ?? '' };
  const form = await new globalThis.Response(req.body as Buffer<ArrayBuffer>, { headers }).formData().catch(() => null);
  if (!form) return refuse(res, 400, 'MalformedPOSTRequest');
  const entries = [...form.entries()];
  const place = entries.findIndex(([name]) => name === 'file');
  const fields = new Map(entries.slice(0, place).map(([name, value]) => [name, String(value)]));
  const file = entries[place]?.[1];
  const upload = uploads.find(fields.get('key') ?? '');
  if (!(file instanceof Blob)) return refuse(res, 400, 'IncorrectNumberOfFilesInPostRequest');
  if (upload?.httpMethod !== 'POST' || !sameText(fields.get('x-goog-signature') ?? '', upload.signature)) {
    return refuse(res, 403, 'AccessDenied');
  }
  const bytes = Buffer.from(await file.arrayBuffer());
  if (!take(res, upload, { bytes, type: fields.get('Content-Type') ?? '' })) return;
  res
    .status(201)
    .type('application/xml')
    .send(`<?xml version="1.0"?><PostResponse><Key>${upload.key}</Key></PostResponse>`);
}

export function registerFiles(app: App, ctx: SandboxContext, uploads: StagedUploads): void {
  app.post(
    '/staged-uploads/',
    rawBody,
    route((req: Request, res: Response) => takeForm(req, res, uploads)),
  );
  app.put(
    /^\/staged-uploads\/(.+)$/,
    rawBody,
    route((req: Request, res: Response) => {
      const upload = uploads.find(String(req.params[0]));
      const isAllowed = upload?.httpMethod === 'PUT' && sameText(String(req.query.signature), upload.signature);
      if (!upload || !isAllowed) return refuse(res, 403, 'SignatureDoesNotMatch');
      const bytes = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
      if (take(res, upload, { bytes, type: req.get('content-type') ?? '' })) res.status(200).end();
    }),
  );
  app.get(
    '/cdn/files/:shop/:file',
    route((req: Request, res: Response) => {
      const shop = ctx.state.findShop(String(req.params.shop));
      const name = String(req.params.file);
      const file = [...(shop?.files.values() ?? [])].find((one) => one.filename === name && one.image);
      if (!file?.image) {
        res.status(404).type('text/plain').send('Not found');
        return;
      }
      res.set('Cache-Control', 'public, max-age=31536000, immutable').set('Access-Control-Allow-Origin', '*');
      res.type(file.mimeType).send(Buffer.from(file.content, 'base64'));
    }),
  );
}
