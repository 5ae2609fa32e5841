/** Keeps a picture among a shop's files: asks where to upload it, uploads it, hands it over, waits until it is on the CDN. Called by the pipeline while the owner waits. */
import { setTimeout as wait } from 'node:timers/promises';
import type { AdminClient } from './admin-client';
import { AdminError } from './admin-error';
import { CREATE_FILE, FILE_STATE, UPLOAD_TARGET, type UploadTarget, uploadTargetInput } from './documents/file';

export interface NewFile {
  name: string;
  type: string;
  /** For whoever does not see it. */
  alt: string;
  bytes: Uint8Array;
}

export type StoredFile =
  | { state: 'ready'; url: string; width: number; height: number }
  | { state: 'refused'; reason: string }
  /** Shopify took it and is not done with it. */
  | { state: 'working' };

/** @throws AdminError */
export type StoreFile = (shopDomain: string, file: NewFile) => Promise<StoredFile>;

/** Shopify takes a second or two. Longer than this nobody looks at a spinner. */
const PATIENCE_MS = 15_000;
const UPLOAD_TIMEOUT_MS = 20_000;
const FIRST_LOOK_MS = 250;
const SLOWEST_LOOK_MS = 2_000;

export function makeFileStore({ admin }: { admin: AdminClient }): StoreFile {
  return async (shopDomain, file) => {
    const { name, type, alt, bytes } = file;
    const target = await admin.run(shopDomain, UPLOAD_TARGET, uploadTargetInput({ name, type, size: bytes.length }));
    if ('refused' in target) return { state: 'refused', reason: target.refused };
    await upload(target, file);
    const created = await admin.run(shopDomain, CREATE_FILE, {
      files: [{ originalSource: target.resourceUrl, alt, contentType: 'IMAGE' }],
    });
    if ('refused' in created) return { state: 'refused', reason: created.refused };
    return untilReady(admin, shopDomain, created.id);
  };
}

async function upload({ url, parameters }: UploadTarget, { name, type, bytes }: NewFile): Promise<void> {
  const form = new FormData();
  for (const parameter of parameters) form.append(parameter.name, parameter.value);
  // Fields behind the file are not read.
  form.append('file', new Blob([Uint8Array.from(bytes)], { type }), name);
  const signal = AbortSignal.timeout(UPLOAD_TIMEOUT_MS);
  const answer = await fetch(url, { method: 'POST', body: form, redirect: 'error', signal }).catch(() => null);
  await answer?.body?.cancel();
  if (!answer?.ok) throw new AdminError('unavailable', `The upload was answered with ${answer?.status ?? 'nothing'}`);
}

async function untilReady(admin: AdminClient, shopDomain: string, id: string): Promise<StoredFile> {
  const until = Date.now() + PATIENCE_MS;
  for (let pause = FIRST_LOOK_MS; Date.now() < until; pause = Math.min(pause * 1.5, SLOWEST_LOOK_MS)) {
    await wait(pause);
    const file = await admin.run(shopDomain, FILE_STATE, { id });
    if (file.state === 'ready') return file;
    if (file.state === 'failed') return { state: 'refused', reason: file.refused };
  }
  return { state: 'working' };
}
