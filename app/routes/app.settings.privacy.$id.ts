/** The file with what was collected for one request of a customer. Fetched by the privacy page, which saves it. */
import type { LoaderFunctionArgs } from '@remix-run/node';
import { deps } from '../deps.server';
import { storableText } from '../lib/storable-text';
import { requireShop } from '../shopify.server';
import { fetchDataRequest } from '../store/data-requests';
import { inShop } from '../store/scope';
import { dataFileName } from './data-file-name';

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const shop = await requireShop(request, context);
  const { db, clock } = deps();
  const id = storableText(params.id ?? '');
  const found = await inShop(db, shop.id, (scope) => fetchDataRequest(scope, id, clock.now()));
  if (!found) throw new Response(null, { status: 404 });
  return new Response(`${JSON.stringify(found, null, 2)}\n`, {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="${dataFileName(id)}"`,
      'Cache-Control': 'no-store',
    },
  });
}
