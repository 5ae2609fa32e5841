/** Why one customer would get this scenario's e-mails or not; asked by the preview once somebody is chosen. */
import type { LoaderFunctionArgs } from '@remix-run/node';
import { deps } from '../deps.server';
import { storableText } from '../lib/storable-text';
import { senderOf } from '../pipeline/sender';
import { whatComesNext } from '../pipeline/what-comes-next';
import { whyOfCustomer } from '../pipeline/why-of-customer';
import { requireShop } from '../shopify.server';
import { findCustomerRow } from '../store/engagement';
import { inShop } from '../store/scope';
import { requireScenarioKey } from './scenario-key';

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const shop = await requireShop(request, context);
  const key = requireScenarioKey(params.key);
  const customerId = storableText(new URL(request.url).searchParams.get('customer') ?? '');
  const { db, clock, sender } = deps();
  const now = clock.now();
  const answers = await inShop(db, shop.id, (scope) =>
    whyOfCustomer(scope, {
      shop,
      customerId,
      person: findCustomerRow(scope, customerId),
      sender: senderOf(shop, sender).state,
      coming: whatComesNext(scope, customerId, now),
      now,
    }),
  );
  const why = answers.find(({ scenario }) => scenario === key);
  if (!why) throw new Response(null, { status: 404 });
  return { customerId, why };
}
