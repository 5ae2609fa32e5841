// Files of the shop: where to upload them, how they become pictures on the CDN a moment later. Part of all resolvers.
import { randomUUID } from 'node:crypto';
import { imageHead } from '../../files/image-head';
import { keyOf, resourceUrl, type StagedUpload, uploadParameters, uploadUrl } from '../../files/staged-uploads';
import type { FileRecord, ImageRecord } from '../../records';
import { type Args, fields, type GraphqlContext, tagged } from '../context';

/** Real milliseconds until a picture is on the CDN; Shopify takes a second or some. */
const processingMs = 400;

const imageTypes = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/heic']);
const imageResources = new Set(['IMAGE', 'SHOP_IMAGE', 'PRODUCT_IMAGE', 'COLLECTION_IMAGE']);

interface UploadInput {
  filename: string;
  mimeType: string;
  resource: string;
  httpMethod?: 'POST' | 'PUT' | null;
}

function createTargets(args: Args, ctx: GraphqlContext) {
  const inputs = args.input as UploadInput[];
  const userErrors = inputs.flatMap(({ mimeType, resource, filename }, index) => {
    const at = (field: string, message: string) => [{ field: ['input', String(index), field], message }];
    if (filename.trim() === '') return at('filename', "Filename can't be blank");
    if (!imageResources.has(resource)) return at('resource', `The sandbox stores no ${resource}`);
    return imageTypes.has(mimeType) ? [] : at('mimeType', `${mimeType} is not a supported MIME type for images`);
  });
  if (userErrors.length > 0) return { stagedTargets: null, userErrors };
  const opened = inputs.map(({ filename, mimeType, httpMethod }) =>
    ctx.uploads.open({ shopDomain: ctx.shop.domain, filename, mimeType, httpMethod: httpMethod ?? 'PUT' }),
  );
  return { stagedTargets: opened, userErrors: [] };
}

interface FileInput {
  originalSource: string;
  alt?: string | null;
  contentType?: string | null;
  filename?: string | null;
}

function createFiles(args: Args, ctx: GraphqlContext) {
  const inputs = args.files as FileInput[];
  const found = inputs.map(({ originalSource }) => {
    const upload = ctx.uploads.find(keyOf(ctx.state.baseUrl, originalSource) ?? '');
    return upload?.shopDomain === ctx.shop.domain && upload.bytes ? upload : null;
  });
  const userErrors = inputs.flatMap(({ alt, contentType }, index) => {
    const at = (field: string, code: string, message: string) => [
      { field: ['files', String(index), field], code, message },
    ];
    if ((alt ?? '').length > 512)
      return at('alt', 'ALT_VALUE_LIMIT_EXCEEDED', 'The alt value exceeds the maximum limit of 512 characters.');
    if (contentType !== 'IMAGE' && contentType != null)
      return at('contentType', 'INVALID', 'The sandbox keeps pictures only.');
    return found[index] ? [] : at('originalSource', 'INVALID_IMAGE_SOURCE_URL', 'Image URL is invalid');
  });
  if (userErrors.length > 0) return { files: null, userErrors };
  const files = found.flatMap((upload, index) => (upload ? [keep(ctx, upload, inputs[index]?.alt ?? null)] : []));
  return { files: files.map((file) => tagged('MediaImage', file)), userErrors: [] };
}

/** A name that is taken gets a UUID behind it, as Shopify does unless it is told otherwise. */
function freeName(ctx: GraphqlContext, wish: string): string {
  const clean = wish
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._-]+/gu, '_')
    .slice(-120);
  const taken = [...ctx.shop.files.values()].some(({ filename }) => filename === clean);
  if (!taken) return clean;
  const dot = clean.lastIndexOf('.');
  return dot < 0 ? `${clean}_${randomUUID()}` : `${clean.slice(0, dot)}_${randomUUID()}${clean.slice(dot)}`;
}

function keep(ctx: GraphqlContext, upload: StagedUpload, alt: string | null): FileRecord {
  const bytes = upload.bytes ?? Buffer.alloc(0);
  const head = imageHead(bytes);
  const id = ctx.state.nextId('image');
  const filename = freeName(ctx, upload.filename);
  const file: FileRecord = {
    id,
    alt,
    filename,
    mimeType: head?.mimeType ?? upload.mimeType,
    createdAt: new Date(ctx.clock.now()).toISOString(),
    readyAtMs: Date.now() + processingMs,
    image: head && {
      id,
      alt,
      width: head.width,
      height: head.height,
      url: `/cdn/files/${ctx.shop.record.handle}/${encodeURIComponent(filename)}?v=${Math.floor(ctx.clock.now() / 1000)}`,
    },
    content: head ? bytes.toString('base64') : '',
  };
  ctx.shop.files.set(id, file);
  ctx.shop.touch();
  return file;
}

/** A product's picture as the media it is too; it has been there for long. */
export function productPicture(image: ImageRecord): FileRecord {
  const { id, alt } = image;
  const filename = image.url.split('/').at(-1) ?? '';
  return {
    id,
    alt,
    filename,
    mimeType: 'image/png',
    createdAt: new Date(0).toISOString(),
    readyAtMs: 0,
    image,
    content: '',
  };
}

/** How far Shopify is with it: half the time it lies there, half the time it is worked on. */
function fileStatus(file: FileRecord): 'UPLOADED' | 'PROCESSING' | 'READY' | 'FAILED' {
  const left = file.readyAtMs - Date.now();
  if (left > processingMs / 2) return 'UPLOADED';
  if (left > 0) return 'PROCESSING';
  return file.image ? 'READY' : 'FAILED';
}

function fileErrors(file: FileRecord): { code: string; message: string; details: null }[] {
  if (fileStatus(file) !== 'FAILED') return [];
  const message = 'File could not be created because the image is an unsupported file type.';
  return [{ code: 'UNSUPPORTED_IMAGE_FILE_TYPE', message, details: null }];
}

export const fileMutations = fields<unknown>({
  stagedUploadsCreate: (_root, args, ctx) => createTargets(args, ctx),
  fileCreate: (_root, args, ctx) => createFiles(args, ctx),
});

export const fileResolvers = {
  MediaImage: fields<FileRecord>({
    id: (file) => `gid://shopify/MediaImage/${file.id}`,
    image: (file) => (fileStatus(file) === 'READY' ? file.image : null),
    preview: (file) => ({ image: fileStatus(file) === 'READY' ? file.image : null, status: fileStatus(file) }),
    updatedAt: ({ createdAt }) => createdAt,
    mediaContentType: () => 'IMAGE',
    mediaErrors: () => [],
    mediaWarnings: () => [],
    status: (file) => fileStatus(file),
    fileStatus: (file) => fileStatus(file),
    fileErrors: (file) => fileErrors(file),
  }),
  StagedMediaUploadTarget: fields<StagedUpload>({
    url: (upload, _args, ctx) => uploadUrl(ctx.state.baseUrl, upload),
    resourceUrl: (upload, _args, ctx) => resourceUrl(ctx.state.baseUrl, upload),
    parameters: (upload) => uploadParameters(upload),
  }),
};
