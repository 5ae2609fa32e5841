/** The customers a request asks for: by the words in `q`, a page at a time from `from`. Used by the customers page and the preview's picker. */
import type { AppLoadContext } from '@remix-run/node';
import { deps } from '../deps.server';
import { storableText } from '../lib/storable-text';
import { requireShop } from '../shopify.server';
import { searchCustomers } from '../store/reports/customer-search';
import { inShop } from '../store/scope';

const MOST_QUERY = 200;

export async function searchedCustomers(request: Request, context: AppLoadContext) {
  const shop = await requireShop(request, context);
  const { searchParams } = new URL(request.url);
  const query = storableText((searchParams.get('q') ?? '').slice(0, MOST_QUERY));
  const offset = Math.max(0, Math.min(100_000, Math.trunc(Number(searchParams.get('from')) || 0)));
  const page = await inShop(deps().db, shop.id, (scope) => searchCustomers(scope, { query, offset }));
  return { ...page, query, offset };
}
