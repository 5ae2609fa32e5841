// Places where an app may leave a file for Shopify to take: asked for by stagedUploadsCreate, filled over HTTP, taken by fileCreate.
import { randomBytes } from 'node:crypto';

export interface StagedUpload {
  key: string;
  shopDomain: string;
  filename: string;
  mimeType: string;
  httpMethod: 'POST' | 'PUT';
  /** What the one who uploads must show. */
  signature: string;
  /** null until somebody uploaded it. */
  bytes: Buffer | null;
}

/** As many as the sandbox remembers; a real one is gone after a day. */
const mostKept = 200;

export class StagedUploads {
  private readonly kept = new Map<string, StagedUpload>();

  open(wish: Pick<StagedUpload, 'shopDomain' | 'filename' | 'mimeType' | 'httpMethod'>): StagedUpload {
    const key = `tmp/${wish.shopDomain}/files/${randomBytes(8).toString('hex')}/${wish.filename}`;
    const upload: StagedUpload = { ...wish, key, signature: randomBytes(24).toString('hex'), bytes: null };
    this.kept.set(key, upload);
    const oldest = this.kept.keys().next().value;
    if (this.kept.size > mostKept && oldest !== undefined) this.kept.delete(oldest);
    return upload;
  }

  find(key: string): StagedUpload | undefined {
    return this.kept.get(key);
  }
}

const folder = '/staged-uploads/';

/** Where it is sent to: the store's one address for a form, an address of its own for PUT. */
export function uploadUrl(baseUrl: string, upload: StagedUpload): string {
  if (upload.httpMethod === 'POST') return `${baseUrl}${folder}`;
  return `${resourceUrl(baseUrl, upload)}?signature=${upload.signature}`;
}

/** What names it to fileCreate. */
export function resourceUrl(baseUrl: string, { key }: StagedUpload): string {
  return `${baseUrl}${folder}${key.split('/').map(encodeURIComponent).join('/')}`;
}

/** The key behind a `resourceUrl`; null for any other address. */
export function keyOf(baseUrl: string, source: string): string | null {
  const start = `${baseUrl}${folder}`;
  if (!source.startsWith(start)) return null;
  try {
    return decodeURIComponent(source.slice(start.length));
  } catch {
    return null;
  }
}

/** What goes along with the file: form fields before it, or headers of the PUT. */
export function uploadParameters(upload: StagedUpload): { name: string; value: string }[] {
  if (upload.httpMethod === 'PUT') {
    return [
      { name: 'content_type', value: upload.mimeType },
      { name: 'acl', value: 'private' },
    ];
  }
  return [
    { name: 'Content-Type', value: upload.mimeType },
    { name: 'success_action_status', value: '201' },
    { name: 'acl', value: 'private' },
    { name: 'key', value: upload.key },
    { name: 'x-goog-signature', value: upload.signature },
  ];
}
