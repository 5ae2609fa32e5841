/** Any address in the admin that leads nowhere. */
import type { LoaderFunctionArgs } from '@remix-run/node';
import { requireShop } from '../shopify.server';

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireShop(request, context);
  throw new Response(null, { status: 404 });
}

export default function Nowhere() {
  return null;
}
