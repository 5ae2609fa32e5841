/**
 * Previews an owner shares with somebody who has no login: a link that ends by itself and can be taken back. It shows a made-up
 * shopper, never a customer. Used by the admin and by the page behind the link.
 */
import { emailSteps, type ScenarioKey } from '../domain/scenario';
import type { Clock } from '../lib/clock';
import { DAY } from '../lib/duration';
import type { Language } from '../lib/language';
import { readToken, signToken } from '../lib/signed-token';
import { together } from '../lib/together';
import type { FieldError } from '../scenarios/overlay';
import {
  countLivePreviewLinks,
  findPreviewLink,
  keepPreviewLink,
  type LivePreviewLink,
  listLivePreviewLinks,
  type PreviewLink,
  revokePreviewLink,
} from '../store/preview-links';
import type { SharedMail } from '../store/schema';
import { type Db, inShop } from '../store/scope';
import { loadShop } from '../store/shop-settings';
import { loadScenarios } from './effective-scenario';
import type { Links } from './message-values';
import type { Preview } from './preview';

export const PREVIEW_LINK_DAYS = 7;
/** More than anybody needs at a time; a list a person can still read. */
const MOST_LIVE = 30;

export interface ShareInput {
  key: ScenarioKey;
  email: string;
  language: Language;
  /** Whether the link goes on showing the e-mail as it is now, or follows what is saved later. */
  show: 'as-shared' | 'as-now';
  /** Edits that are not saved yet: part of what is shared as it is now. */
  draft?: unknown;
}

export type Shared = { ok: true; id: string } | { ok: false; code: 'too-many' | 'errors'; errors: FieldError[] };

/** A link and where it leads. */
export interface ListedPreviewLink extends LivePreviewLink {
  url: string;
  /** The e-mail's place in its scenario, from 1; null once it is no longer there. */
  number: number | null;
}

/** What the page behind a link shows. `unknown`: the link is not one of ours. */
export type OpenedPreview =
  | { state: 'open'; shopName: string; language: Language; expiresAt: Date; sharedAt: Date | null; mail: SharedMail }
  | { state: 'expired' | 'revoked' | 'unknown' };

export interface PreviewLinks {
  share(shopId: number, input: ShareInput): Promise<Shared>;
  list(shopId: number): Promise<ListedPreviewLink[]>;
  /** False when it had ended already. */
  revoke(shopId: number, id: string): Promise<boolean>;
  open(token: string): Promise<OpenedPreview>;
}

export interface PreviewLinkParts {
  db: Db;
  clock: Clock;
  links: Links;
  preview: Preview;
}

export function makePreviewLinks(parts: PreviewLinkParts): PreviewLinks {
  const { db, clock, links } = parts;
  const urlOf = (shopId: number, id: string) =>
    `${links.appUrl}/preview/${signToken(links.linkSecret, 'preview', `${shopId}:${id}`)}`;
  return {
    share: (shopId, input) => share(parts, shopId, input),
    async list(shopId) {
      const { live, scenarios } = await inShop(db, shopId, (shop) =>
        together({ live: listLivePreviewLinks(shop, clock.now()), scenarios: loadScenarios(shop) }),
      );
      return live.map((link) => {
        const place = emailSteps(scenarios[link.scenario].definition).findIndex(({ email }) => email === link.email);
        return { ...link, url: urlOf(shopId, link.id), number: place < 0 ? null : place + 1 };
      });
    },
    revoke: (shopId, id) => inShop(db, shopId, (shop) => revokePreviewLink(shop, id, clock.now())),
    open: (token) => open(parts, token),
  };
}

async function share({ db, clock, preview }: PreviewLinkParts, shopId: number, input: ShareInput): Promise<Shared> {
  const { key, email, language, show, draft } = input;
  const asShared = show === 'as-shared';
  const rendered = await preview.render(shopId, {
    ...{ key, email, language, customerId: null },
    ...(asShared ? { draft } : {}),
  });
  if ('error' in rendered) return { ok: false, code: 'errors', errors: rendered.error };
  const { from, subject, html, text } = rendered;
  return inShop(db, shopId, async (shop): Promise<Shared> => {
    const createdAt = clock.now();
    if ((await countLivePreviewLinks(shop, createdAt)) >= MOST_LIVE) return { ok: false, code: 'too-many', errors: [] };
    const id = await keepPreviewLink(shop, {
      ...{ scenario: key, email, language, createdAt },
      mail: asShared ? { from, subject, html, text } : null,
      expiresAt: new Date(createdAt.getTime() + PREVIEW_LINK_DAYS * DAY),
    });
    return { ok: true, id };
  });
}

async function open({ db, clock, links, preview }: PreviewLinkParts, token: string): Promise<OpenedPreview> {
  const which = whichOf(readToken(links.linkSecret, 'preview', token));
  if (!which) return { state: 'unknown' };
  const { shopId } = which;
  const found = await inShop(db, shopId, async (shop) => {
    const link = await findPreviewLink(shop, which.id);
    return link && { link, shop: await loadShop(shop) };
  });
  if (!found) return { state: 'expired' };
  const { link, shop } = found;
  if (link.revokedAt) return { state: 'revoked' };
  if (link.expiresAt <= clock.now() || shop.uninstalledAt !== null) return { state: 'expired' };
  const mail = link.mail ?? (await renderNow(preview, shopId, link));
  // The e-mail it was made for is no longer there.
  if (!mail) return { state: 'expired' };
  return {
    state: 'open',
    shopName: shop.settings.senderName ?? shop.name,
    language: link.language,
    expiresAt: link.expiresAt,
    sharedAt: link.mail && link.createdAt,
    mail,
  };
}

async function renderNow(
  preview: Preview,
  shopId: number,
  { scenario: key, email, language }: PreviewLink,
): Promise<SharedMail | null> {
  const rendered = await preview.render(shopId, { key, email, language, customerId: null });
  if ('error' in rendered) return null;
  const { from, subject, html, text } = rendered;
  return { from, subject, html, text };
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function whichOf(payload: string | null): { shopId: number; id: string } | null {
  const [shopId = '', id = '', ...rest] = payload?.split(':') ?? [];
  if (!/^[1-9]\d{0,9}$/.test(shopId) || !UUID.test(id) || rest.length > 0) return null;
  return { shopId: Number(shopId), id };
}
