/** Shoppers' discount codes: wanted by an enrollment, made in Shopify, used by an order. */
import type { Offer } from '../domain/offer';
import type { ScenarioKey } from '../domain/scenario';
import { codes } from './schema';
import type { ShopScope } from './scope';

export interface WantedCode {
  enrollmentId: number;
  customerId: string;
  scenario: ScenarioKey;
  offer: Offer;
  code: string;
}

/**
 * Notes that an enrollment needs its code; `code.issue` has it made.
 * @returns false when that was noted before
 */
export async function wantCode(shop: ShopScope, row: WantedCode, at: Date): Promise<boolean> {
  const made = await shop.tx
    .insert(codes)
    .values({ ...row, shopId: shop.shopId, createdAt: at })
    .onConflictDoNothing()
    .returning({ enrollmentId: codes.enrollmentId });
  return made.length > 0;
}
