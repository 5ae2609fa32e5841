/**
 * Brings a shop's SendGrid subuser to where it should be: complete while the shop is installed, disabled once it is not. Every
 * step is kept before the next, so that a crash or a refusal goes on from there. Bound to `subuser.settle`.
 */
import { createHash, randomBytes } from 'node:crypto';
import { domainOf } from '../../domain/sender-domain';
import type { Shop } from '../../domain/shop';
import type { Asked, Refusal } from '../../gateways/sendgrid/ask';
import type { DomainAuthentication } from '../../gateways/sendgrid/domains';
import type { SubuserAccounts } from '../../gateways/sendgrid/subusers';
import type { Clock } from '../../lib/clock';
import type { SecretBox } from '../../lib/secret-box';
import type { Logger } from '../../log.server';
import { type Db, inShop } from '../../store/scope';
import { findShop } from '../../store/shops';
import { findSubuser, type Subuser, saveSubuser } from '../../store/subusers';

export interface SubuserParts {
  db: Db;
  clock: Clock;
  log: Logger;
  /** Null while the operator has not switched subusers on, or has no key. */
  accounts: SubuserAccounts | null;
  domains: DomainAuthentication | null;
  box: SecretBox;
  /** This app's address. */
  appUrl: string;
  sharedSender: string | null;
}

/** What a shop's key is sealed for. */
export const keyOwner = (shopId: number) => `subuser:${shopId}`;

export function makeSettleSubuser(parts: SubuserParts): (job: { shopId: number }) => Promise<void> {
  const { db, accounts, log } = parts;
  return async ({ shopId }) => {
    if (!accounts) return;
    const { shop, row } = await inShop(db, shopId, async (scope) => ({
      shop: await findShop(scope),
      row: await findSubuser(scope),
    }));
    if (!shop) return;
    const ready = { ...parts, accounts, shop, row };
    const trouble = shop.uninstalledAt || !shop.installedAt ? await switchOff(ready) : await complete(ready);
    if (!trouble) return;
    log.warn({ event: 'subuser.not-made', shopId, why: trouble });
    const username = row?.username ?? nameOf(parts.appUrl, shopId);
    await inShop(db, shopId, (scope) => saveSubuser(scope, { username, trouble, triedAt: parts.clock.now() }));
  };
}

interface Settling extends SubuserParts {
  accounts: SubuserAccounts;
  shop: Shop;
  row: Subuser | null;
}

/** Names are SendGrid's own, over all its accounts: two installations of Relance must not meet. */
export function nameOf(appUrl: string, shopId: number): string {
  return `relance-${createHash('sha256').update(appUrl).digest('hex').slice(0, 8)}-${shopId}`;
}

/** Why it cannot be done for now, or null. */
type Trouble = Refusal | 'no-ip' | 'name-taken' | null;

async function switchOff({ db, accounts, shop, row }: Settling): Promise<Trouble> {
  if (!row || row.status === 'off') return null;
  const done = await accounts.setDisabled(row.username, true);
  if ('failed' in done && done.failed !== 'not-found') return done.failed;
  await inShop(db, shop.id, (scope) => saveSubuser(scope, { username: row.username, status: 'off', trouble: null }));
  return null;
}

async function complete(parts: Settling): Promise<Trouble> {
  const { db, accounts, box, shop, row, log } = parts;
  const { id } = shop;
  if (row?.status === 'ready') return null;
  const username = row?.username ?? nameOf(parts.appUrl, id);
  const keep = (change: Partial<Subuser>) => inShop(db, id, (scope) => saveSubuser(scope, { username, ...change }));
  const there =
    row?.status === 'off' ? refusalOf(await accounts.setDisabled(username, false)) : await make(parts, username);
  if (there) return there;
  await keep({ status: 'making' });
  if (!row?.apiKey) {
    const key = await accounts.makeKey(username);
    if ('failed' in key) return key.failed;
    await keep({ apiKey: box.seal(key.answer, keyOwner(id)) });
  }
  if (!row?.webhookKey) {
    const made = await accounts.makeWebhook(username, `${parts.appUrl}/webhooks/sendgrid/${id}`);
    if ('failed' in made) return made.failed;
    await keep({ webhookId: made.answer.id, webhookKey: made.answer.publicKey });
  }
  await lendDomains(parts, username);
  await keep({ status: 'ready', trouble: null, triedAt: null });
  log.info({ event: 'subuser.made', shopId: id });
  // Uninstalled meanwhile: whoever disabled it then was written over.
  const now = await inShop(db, id, async (scope) => ({ shop: await findShop(scope), row: await findSubuser(scope) }));
  return now.shop?.uninstalledAt ? switchOff({ ...parts, shop: now.shop, row: now.row }) : null;
}

async function make({ accounts, shop, sharedSender }: Settling, username: string): Promise<Trouble> {
  const known = await accounts.has(username);
  if ('failed' in known) return known.failed;
  // A shop that was erased and came back finds it as its uninstall left it.
  if (known.answer) return refusalOf(await accounts.setDisabled(username, false));
  const ips = await accounts.ips();
  if ('failed' in ips) return ips.failed;
  if (ips.answer.length === 0) return 'no-ip';
  const email = sharedSender ?? shop.email ?? `${username}@${new URL(shop.url).hostname}`;
  const password = `${randomBytes(24).toString('base64url')}aA1!`;
  const made = await accounts.create({ username, email, password, ips: ips.answer });
  if ('failed' in made && made.messages.some((message) => /exists/i.test(message))) return 'name-taken';
  return refusalOf(made);
}

/** The sender all shops share, and an own one from before there were subusers, stay what they are. */
async function lendDomains({ accounts, domains, shop, sharedSender }: Settling, username: string): Promise<void> {
  const senders = [sharedSender, shop.settings.senderEmail].filter((one) => one !== null);
  for (const name of new Set(senders.map(domainOf))) {
    const found = await domains?.find(name, null);
    if (found && 'answer' in found && found.answer?.valid) await accounts.lend(found.answer.id, username);
  }
}

function refusalOf(asked: Asked<unknown>): Refusal | null {
  return 'failed' in asked ? asked.failed : null;
}
