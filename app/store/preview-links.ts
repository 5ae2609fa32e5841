/** Links to a preview that an owner gave to somebody: made, listed, looked up by whoever opens one, taken back. */
import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import { previewLinks } from './schema';
import type { ShopScope } from './scope';

export type PreviewLink = typeof previewLinks.$inferSelect;

/** @returns its id */
export async function keepPreviewLink(
  shop: ShopScope,
  link: Pick<PreviewLink, 'scenario' | 'email' | 'language' | 'mail' | 'createdAt' | 'expiresAt'>,
): Promise<string> {
  const [made] = await shop.tx
    .insert(previewLinks)
    .values({ ...link, shopId: shop.shopId })
    .returning({ id: previewLinks.id });
  return made?.id ?? '';
}

export async function findPreviewLink(shop: ShopScope, id: string): Promise<PreviewLink | null> {
  const [row] = await shop.tx
    .select()
    .from(previewLinks)
    .where(and(eq(previewLinks.shopId, shop.shopId), eq(previewLinks.id, id)));
  return row ?? null;
}

export interface LivePreviewLink
  extends Pick<PreviewLink, 'id' | 'scenario' | 'email' | 'language' | 'createdAt' | 'expiresAt'> {
  /** It goes on showing the e-mail as it was when it was shared. */
  asShared: boolean;
}

/** Those that open something, the newest first. */
export async function listLivePreviewLinks(shop: ShopScope, now: Date): Promise<LivePreviewLink[]> {
  const { id, scenario, email, language, createdAt, expiresAt, mail } = previewLinks;
  return shop.tx
    .select({ id, scenario, email, language, createdAt, expiresAt, asShared: isNull(mail).mapWith((empty) => !empty) })
    .from(previewLinks)
    .where(isLive(shop, now))
    .orderBy(desc(createdAt), desc(id));
}

export function countLivePreviewLinks(shop: ShopScope, now: Date): Promise<number> {
  return shop.tx.$count(previewLinks, isLive(shop, now));
}

function isLive(shop: ShopScope, now: Date) {
  return and(eq(previewLinks.shopId, shop.shopId), isNull(previewLinks.revokedAt), gt(previewLinks.expiresAt, now));
}

/** Takes a link back; what it showed is gone with it. False when this shop has no such link that is open. */
export async function revokePreviewLink(shop: ShopScope, id: string, at: Date): Promise<boolean> {
  const gone = await shop.tx
    .update(previewLinks)
    .set({ revokedAt: at, mail: null })
    .where(and(isLive(shop, at), eq(previewLinks.id, id)))
    .returning({ id: previewLinks.id });
  return gone.length > 0;
}
