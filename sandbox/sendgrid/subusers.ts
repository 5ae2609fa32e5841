// The account's subusers: each with its own keys, IPs and event webhook, and apart from all others. Kept in the data folder; used by the routes and by whoever must know whose key a request brings.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { openWebhookKey } from './webhook-key';

export interface ApiKey {
  id: string;
  name: string;
  secret: string;
  scopes: string[];
}

export interface SubuserWebhook {
  id: string;
  url: string;
  enabled: boolean;
  /** Names of events that are told. */
  events: Record<string, boolean>;
  /** PEM of the key that signs its posts; null while signing is off. */
  privateKey: string | null;
}

export interface Subuser {
  id: number;
  username: string;
  email: string;
  disabled: boolean;
  ips: string[];
  keys: ApiKey[];
  webhooks: SubuserWebhook[];
}

/** The scopes a key has that was made without any. */
const FULL_ACCESS = ['mail.send', 'whitelabel.create', 'whitelabel.read', 'user.webhooks.event.settings.read'];

export class Subusers {
  private readonly file: string;
  private readonly all: Subuser[];
  private readonly onChange: (changed: Subuser) => void;

  constructor(file: string, onChange: (changed: Subuser) => void) {
    this.file = file;
    this.onChange = onChange;
    this.all = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Subuser[]) : [];
  }

  list(): readonly Subuser[] {
    return this.all;
  }

  find(username: string): Subuser | undefined {
    const wanted = username.trim().toLowerCase();
    return this.all.find((one) => one.username.toLowerCase() === wanted);
  }

  /** Whose key this is. */
  ofKey(secret: string): Subuser | undefined {
    return this.all.find((one) => one.keys.some((key) => key.secret === secret));
  }

  /** @returns undefined where the name is taken */
  create({ username, email, ips }: Pick<Subuser, 'username' | 'email' | 'ips'>): Subuser | undefined {
    if (this.find(username)) return undefined;
    const made = { id: 101 + this.all.length, username, email, ips, disabled: false, keys: [], webhooks: [] };
    this.all.push(made);
    this.changed(made);
    return made;
  }

  remove(one: Subuser): void {
    this.all.splice(this.all.indexOf(one), 1);
    this.changed({ ...one, webhooks: [] });
  }

  setDisabled(one: Subuser, disabled: boolean): void {
    one.disabled = disabled;
    this.changed(one);
  }

  addKey(one: Subuser, name: string, scopes: string[] = FULL_ACCESS): ApiKey {
    const id = randomBytes(16).toString('base64url');
    const key = { id, name, scopes, secret: `SG.${id}.${randomBytes(32).toString('base64url')}` };
    one.keys.push(key);
    this.changed(one);
    return key;
  }

  removeKey(one: Subuser, id: string): boolean {
    const left = one.keys.filter((key) => key.id !== id);
    const found = left.length < one.keys.length;
    one.keys = left;
    this.changed(one);
    return found;
  }

  addWebhook(one: Subuser, wish: Pick<SubuserWebhook, 'id' | 'url' | 'enabled' | 'events'>): SubuserWebhook {
    const webhook = { ...wish, privateKey: null };
    one.webhooks.push(webhook);
    this.changed(one);
    return webhook;
  }

  removeWebhook(one: Subuser, id: string): boolean {
    const left = one.webhooks.filter((webhook) => webhook.id !== id);
    const found = left.length < one.webhooks.length;
    one.webhooks = left;
    this.changed(one);
    return found;
  }

  /** Switches the signature on or off; answers the public key, empty while off. */
  sign(one: Subuser, webhook: SubuserWebhook, enabled: boolean): string {
    if (!enabled) webhook.privateKey = null;
    else
      webhook.privateKey ??= generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
        .privateKey.export({ type: 'pkcs8', format: 'pem' })
        .toString();
    this.changed(one);
    return publicKeyOf(webhook);
  }

  private changed(one: Subuser): void {
    writeFileSync(this.file, JSON.stringify(this.all), { mode: 0o600 });
    this.onChange(one);
  }
}

/** As SendGrid shows it; empty while signing is off. */
export function publicKeyOf({ privateKey }: SubuserWebhook): string {
  return privateKey === null ? '' : openWebhookKey('', privateKey).publicKey;
}
