/** As whom a shop speaks to SendGrid, and who signs its events: read once a minute at most. Made by `deps.server`. */
import type { KeyObject } from 'node:crypto';
import { readVerificationKey } from '../../gateways/sendgrid/events';
import { MINUTE } from '../../lib/duration';
import type { SecretBox } from '../../lib/secret-box';
import { type Db, inShop } from '../../store/scope';
import { findSubuser, type Subuser } from '../../store/subusers';
import { keyOwner } from './settle';

export interface ShopAccounts {
  /** The key a shop sends with; null while its subuser is not complete. */
  keyOf(shopId: number): Promise<string | null>;
  /** The subuser a shop sends as; null while it is not complete. */
  nameOf(shopId: number): Promise<string | null>;
  /** The subuser a shop's e-mails went out as, whatever became of it since; null where none did. */
  sentAs(shopId: number): Promise<string | null>;
  /** What its own event webhook is signed with; null where it has none. */
  webhookKeyOf(shopId: number): Promise<KeyObject | null>;
}

const MOST_REMEMBERED = 10_000;
/** Real time. One that is not complete yet is asked for again soon. */
const FRESH_MS = MINUTE;
const UNREADY_MS = 2000;

export function makeShopAccounts({ db, box }: { db: Db; box: SecretBox }): ShopAccounts {
  const known = new Map<number, { until: number; row: Promise<Known | null> }>();
  const ask = (shopId: number): Promise<Known | null> => {
    const last = known.get(shopId);
    if (last && last.until > performance.now()) return last.row;
    const row = inShop(db, shopId, findSubuser).then((found) => found && toKnown(found, box));
    if (known.size >= MOST_REMEMBERED) known.clear();
    const entry = { until: performance.now() + UNREADY_MS, row };
    known.set(shopId, entry);
    row.then(
      (found) => {
        if (found?.ready) entry.until = performance.now() + FRESH_MS;
      },
      () => known.delete(shopId),
    );
    return row;
  };
  const ready = async (shopId: number) => {
    const found = await ask(shopId);
    return found?.ready ? found : null;
  };
  return {
    keyOf: async (shopId) => (await ready(shopId))?.key ?? null,
    nameOf: async (shopId) => (await ready(shopId))?.username ?? null,
    sentAs: async (shopId) => {
      const found = await ask(shopId);
      return found?.hasKey ? found.username : null;
    },
    webhookKeyOf: async (shopId) => (await ask(shopId))?.webhookKey ?? null,
  };
}

interface Known {
  username: string;
  ready: boolean;
  /** Without one it never sent anything. */
  hasKey: boolean;
  key: string | null;
  webhookKey: KeyObject | null;
}

function toKnown({ shopId, username, status, apiKey, webhookKey }: Subuser, box: SecretBox): Known {
  return {
    username,
    ready: status === 'ready',
    hasKey: apiKey !== null,
    key: apiKey && box.open(apiKey, keyOwner(shopId)),
    webhookKey: webhookKey ? readVerificationKey(webhookKey) : null,
  };
}
