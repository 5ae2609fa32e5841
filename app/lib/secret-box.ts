/** Seals short secrets (tokens) before they are stored: AES-256-GCM, the key's id beside each, so that keys can be changed. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

export interface SecretBox {
  /** `v1:<key id>:<base64 of nonce, tag and ciphertext>`. @param about what the secret belongs to; it opens for nothing else */
  seal(secret: string, about: string): string;
  /** The secret, or null when it was sealed with a key we no longer have, for something else, or was tampered with. */
  open(sealed: string, about: string): string | null;
  /** Whether a newer key than the one it was sealed with is in use. */
  isStale(sealed: string): boolean;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * @param keys `id:base64[,id:base64…]`, 32 bytes each; the first seals, all of them open
 * @throws RangeError when a key is malformed; the settings check that before
 */
export function makeSecretBox(keys: string): SecretBox {
  const ring = new Map(keys.split(',').map(readKey));
  const [current] = ring;
  if (!current) throw new RangeError('No encryption key');
  const [currentId, currentKey] = current;
  return {
    seal(secret, about) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', currentKey, nonce).setAAD(Buffer.from(about));
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return `v1:${currentId}:${Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64')}`;
    },
    open(sealed, about) {
      const [version, id = '', body = ''] = sealed.split(':');
      const key = ring.get(id);
      return version === 'v1' && key ? unseal(key, Buffer.from(body, 'base64'), about) : null;
    },
    isStale: (sealed) => !sealed.startsWith(`v1:${currentId}:`),
  };
}

function unseal(key: Buffer, bytes: Buffer, about: string): string | null {
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(about)).setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}

function readKey(entry: string): [string, Buffer] {
  const [id = '', encoded = ''] = entry.trim().split(':');
  const key = Buffer.from(encoded, 'base64');
  if (id === '' || key.length !== 32) throw new RangeError('An encryption key is not "id:base64 of 32 bytes"');
  return [id, key];
}
