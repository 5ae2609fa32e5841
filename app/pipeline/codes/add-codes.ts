/** Brings codes into a discount, as many a call as Shopify takes; a code counts only once Shopify says that it is in. */
import type { Shop } from '../../domain/shop';
import { AdminError } from '../../gateways/shopify/admin-error';
import {
  ADD_CODES,
  CODE_CREATION,
  CODE_RESULTS,
  type CodeResult,
  DISCOUNT_OF_CODE,
  MOST_CODES,
} from '../../gateways/shopify/documents/discount';
import { newCodeText } from '../../lib/code-text';
import { lockCodes, renewText } from '../../store/codes';
import { inShop } from '../../store/scope';
import { type CodeParts, type CodeText, settleReady } from './parts';

export interface AddTo {
  shop: Shop;
  /** Ours and Shopify's. */
  discountId: string;
  shopifyId: string;
  endsAt: Date | null;
}

/** Renewed texts are tried this often; Shopify refusing fresh ones again and again means something else. */
const MOST_ROUNDS = 4;

/**
 * Each call's codes are ready, and their enrollments on their way, before the next call.
 * @returns what Shopify says against the rest, or null when every code is in
 * @throws AdminError
 */
export async function addCodes(parts: CodeParts, to: AddTo, codes: readonly CodeText[]): Promise<string | null> {
  let left = [...codes];
  let said = '';
  for (let round = 0; round < MOST_ROUNDS && left.length > 0; round += 1) {
    const again: CodeText[] = [];
    for (let from = 0; from < left.length; from += MOST_CODES) {
      const result = await addCall(parts, to, left.slice(from, from + MOST_CODES));
      if ('refused' in result) return result.refused;
      again.push(...result.again);
      said = result.said || said;
    }
    left = again;
  }
  return left.length > 0 ? said || 'Shopify takes none of the codes' : null;
}

async function addCall(
  parts: CodeParts,
  to: AddTo,
  codes: readonly CodeText[],
): Promise<{ refused: string } | { again: CodeText[]; said: string }> {
  const begun = await parts.admin.run(to.shop.domain, ADD_CODES, {
    discountId: to.shopifyId,
    codes: codes.map(({ code }) => ({ code })),
  });
  if ('refused' in begun) return { refused: begun.refused };
  const told = await resultsOf(parts, to, { id: begun.creationId, codes });
  const failed: CodeText[] = [];
  const ready: CodeText[] = [];
  for (const one of codes) {
    const isIn = told.get(one.code)?.imported === true || (await isThere(parts, to, one.code));
    (isIn ? ready : failed).push(one);
  }
  const { discountId, endsAt } = to;
  const again = await inShop(parts.db, to.shop.id, async (shop) => {
    await lockCodes(shop);
    await settleReady(parts, shop, ready, { discountId, endsAt, at: parts.clock.now() });
    const renewed: CodeText[] = [];
    for (const { enrollmentId, code: from } of failed) {
      const code = await renewText(shop, { enrollmentId, from, to: newCodeText() });
      if (code !== null) renewed.push({ enrollmentId, code });
    }
    return renewed;
  });
  return { again, said: failed.flatMap(({ code }) => told.get(code)?.errors ?? []).at(0) ?? '' };
}

/** What became of each code. Where all came in there is nothing to read: it would cost the shop's points for nothing. */
async function resultsOf(
  parts: CodeParts,
  to: AddTo,
  { id, codes }: { id: string; codes: readonly CodeText[] },
): Promise<Map<string, CodeResult>> {
  const imported = await finished(parts, to, id);
  const results =
    imported === codes.length
      ? codes.map(({ code }) => ({ code, imported: true, errors: [] }))
      : await parts.admin.run(to.shop.domain, CODE_RESULTS, { id });
  return new Map(results.map((one) => [one.code, one]));
}

/** A code that is in already was brought in by a worker that could not say so any more. */
async function isThere(parts: CodeParts, { shop, shopifyId }: AddTo, code: string): Promise<boolean> {
  const holder = await parts.admin.run(shop.domain, DISCOUNT_OF_CODE, { code });
  return holder?.id === shopifyId;
}

const FIRST_LOOK_MS = 100;
const LONGEST_GAP_MS = 3000;
const PATIENCE_MS = 30_000;

/** Waits for Shopify to go through the codes; answers how many came in. */
async function finished(parts: CodeParts, { shop }: AddTo, id: string): Promise<number> {
  const patience = parts.patienceMs ?? PATIENCE_MS;
  for (let gap = FIRST_LOOK_MS, waited = 0; waited < patience; gap = Math.min(gap * 1.6, LONGEST_GAP_MS)) {
    await new Promise((resolve) => setTimeout(resolve, gap));
    waited += gap;
    const creation = await parts.admin.run(shop.domain, CODE_CREATION, { id });
    if (!creation) break;
    if (creation.done) return creation.imported;
  }
  throw new AdminError('unavailable', 'Shopify has not brought the codes in yet');
}
