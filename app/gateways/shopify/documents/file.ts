/** Pictures in the shop's files: where to upload one, taking it over, and asking whether it is on the CDN. */
import { z } from 'zod';
import type { AdminDocument } from './document';

const userErrors = z.array(z.object({ message: z.string() }));
const refusalOf = (errors: z.output<typeof userErrors>) =>
  errors.map(({ message }) => message).join(' ') || 'Shopify gave no reason';

export interface UploadTarget {
  url: string;
  /** Names the upload to `CREATE_FILE`. */
  resourceUrl: string;
  /** Form fields that stand before the file. */
  parameters: { name: string; value: string }[];
}

/** Variables: `uploadTargetInput(…)`. */
export const UPLOAD_TARGET: AdminDocument<UploadTarget | { refused: string }> = {
  name: 'UploadTarget',
  text: `mutation UploadTarget($input: [StagedUploadInput!]!) {
    stagedUploadsCreate(input: $input) {
      stagedTargets { url resourceUrl parameters { name value } }
      userErrors { message }
    }
  }`,
  read(data) {
    const parameter = z.object({ name: z.string(), value: z.string() });
    const target = z.object({ url: z.string(), resourceUrl: z.string(), parameters: z.array(parameter) });
    const payload = z.object({ stagedTargets: z.array(target).nullish(), userErrors });
    const { stagedTargets, userErrors: errors } = z
      .object({ stagedUploadsCreate: payload })
      .parse(data).stagedUploadsCreate;
    return stagedTargets?.[0] ?? { refused: refusalOf(errors) };
  },
};

export function uploadTargetInput(file: { name: string; type: string; size: number }): Record<string, unknown> {
  const { name, type, size } = file;
  return {
    input: [{ filename: name, mimeType: type, fileSize: String(size), resource: 'IMAGE', httpMethod: 'POST' }],
  };
}

/** Variables: `{ files: [{ originalSource, alt, contentType: 'IMAGE' }] }`. Answers the file's id. */
export const CREATE_FILE: AdminDocument<{ id: string } | { refused: string }> = {
  name: 'CreateFile',
  text: `mutation CreateFile($files: [FileCreateInput!]!) {
    fileCreate(files: $files) { files { id } userErrors { message } }
  }`,
  read(data) {
    const payload = z.object({ files: z.array(z.object({ id: z.string() })).nullish(), userErrors });
    const { files, userErrors: errors } = z.object({ fileCreate: payload }).parse(data).fileCreate;
    return files?.[0] ?? { refused: refusalOf(errors) };
  },
};

export type FileState =
  | { state: 'working' }
  | { state: 'failed'; refused: string }
  | { state: 'ready'; url: string; width: number; height: number };

/** Variables: `{ id }`. */
export const FILE_STATE: AdminDocument<FileState> = {
  name: 'FileState',
  text: `query FileState($id: ID!) {
    node(id: $id) {
      ... on MediaImage { fileStatus fileErrors { message } image { url width height } }
    }
  }`,
  read(data) {
    const size = z.coerce.number().int().positive();
    const image = z.object({ url: z.string(), width: size, height: size });
    const shape = z.object({ fileStatus: z.string(), fileErrors: userErrors, image: image.nullish() });
    const { node } = z.object({ node: shape.nullish() }).parse(data);
    if (!node) return { state: 'failed', refused: 'Shopify no longer knows the file' };
    if (node.fileStatus === 'FAILED') return { state: 'failed', refused: refusalOf(node.fileErrors) };
    return node.fileStatus === 'READY' && node.image ? { state: 'ready', ...node.image } : { state: 'working' };
  },
};
