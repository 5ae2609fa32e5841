// The key pair that signs event webhooks: made once, kept in the data folder, its public half shown as SendGrid shows it.
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface WebhookKey {
  /** Base64 of the DER public key without PEM armor, the form SendGrid's settings page and API give. */
  publicKey: string;
  /** Base64 DER signature over the timestamp followed by the raw body. */
  sign(timestamp: string, body: Buffer): string;
}

function readOrCreate(folder: string, given: string | undefined): KeyObject {
  if (given !== undefined) return createPrivateKey(given);
  const file = join(folder, 'event-webhook-key.pem');
  if (existsSync(file)) return createPrivateKey(readFileSync(file));
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  return privateKey;
}

/** Opens the signing key of a data folder, or the PEM given in the settings. */
export function openWebhookKey(folder: string, given: string | undefined): WebhookKey {
  const key = readOrCreate(folder, given);
  return {
    publicKey: createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64'),
    sign: (timestamp, body) => sign('sha256', Buffer.concat([Buffer.from(timestamp), body]), key).toString('base64'),
  };
}
