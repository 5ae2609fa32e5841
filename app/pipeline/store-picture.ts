/** A picture of the owner's, checked and kept among the shop's files: what e-mails and the logo show. Called by the pictures route. */
import { MOST_PICTURE_BYTES } from '../domain/picture';
import { isAdminError } from '../gateways/shopify/admin-error';
import type { StoreFile } from '../gateways/shopify/file-store';
import { describeError } from '../lib/describe-error';
import { type ImageHead, readImageHead } from '../lib/image-head';
import { storableText } from '../lib/storable-text';
import type { Logger } from '../log.server';

export interface PictureUpload {
  /** As the file is called on the owner's computer. */
  name: string;
  alt: string;
  bytes: Uint8Array;
}

export type PictureStored =
  | { ok: true; picture: { url: string; width: number; height: number } }
  | { ok: false; code: 'type' | 'size' | 'scope' | 'refused' | 'slow' | 'failed' };

/** Never rejects for what Shopify says or does not say. */
export type StorePicture = (shop: { id: number; domain: string }, upload: PictureUpload) => Promise<PictureStored>;

/** A name no file system, address or list stumbles over, ending as the file itself says it should. */
export function fileName(name: string, { extension }: Pick<ImageHead, 'extension'>): string {
  const bare = name
    .replace(/\.[a-z0-9]{1,5}$/i, '')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9]+/gi, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase()
    .slice(0, 60);
  return `${bare || 'picture'}.${extension}`;
}

/** How Shopify says that the owner has not accepted yet what the app asks for. */
const ACCESS_DENIED = /access denied/i;

/** As long as Shopify takes it. */
const MOST_ALT = 512;

export function makeStorePicture({ storeFile, log }: { storeFile: StoreFile; log: Logger }): StorePicture {
  return async (shop, { name, alt, bytes }) => {
    if (bytes.length > MOST_PICTURE_BYTES) return { ok: false, code: 'size' };
    const head = readImageHead(bytes);
    if (!head) return { ok: false, code: 'type' };
    try {
      const file = { name: fileName(name, head), type: head.type, alt: storableText(alt.slice(0, MOST_ALT)), bytes };
      const stored = await storeFile(shop.domain, file);
      if (stored.state === 'ready') {
        const { url, width, height } = stored;
        return { ok: true, picture: { url, width, height } };
      }
      if (stored.state === 'working') return { ok: false, code: 'slow' };
      log.warn({ event: 'picture.refused', shopId: shop.id, reason: stored.reason });
      return { ok: false, code: 'refused' };
    } catch (error) {
      if (!isAdminError(error)) throw error;
      if (isAdminError(error, 'refused') && ACCESS_DENIED.test(error.message)) return { ok: false, code: 'scope' };
      log.warn({ event: 'picture.not-stored', shopId: shop.id, error: describeError(error) });
      return { ok: false, code: 'failed' };
    }
  };
}
