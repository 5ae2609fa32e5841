/** The customers: search, a page at a time. The preview's picker searches here too. */
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useFetcher, useLoaderData, useNavigation, useSearchParams } from '@remix-run/react';
import { useEffect, useState } from 'react';
import { deps } from '../deps.server';
import { storableText } from '../lib/storable-text';
import { requireShop } from '../shopify.server';
import { searchCustomers } from '../store/reports/customer-search';
import { inShop } from '../store/scope';
import { CustomersPage } from '../ui/customers-page';
import { unlessQuiet } from './quiet-actions';

const MOST_QUERY = 200;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const shop = await requireShop(request, context);
  const { searchParams } = new URL(request.url);
  const query = storableText((searchParams.get('q') ?? '').slice(0, MOST_QUERY));
  const offset = Math.max(0, Math.min(100_000, Math.trunc(Number(searchParams.get('from')) || 0)));
  const page = await inShop(deps().db, shop.id, (scope) => searchCustomers(scope, { query, offset }));
  return { ...page, query, offset };
}

/** The preview's picker keeps what it found while the owner types on. */
export const shouldRevalidate = unlessQuiet;

export const meta: MetaFunction = () => [{ title: 'Relance' }];

/** Long enough to finish a word. */
const PAUSE_MS = 250;

export default function Customers() {
  const first = useLoaderData<typeof loader>();
  const [, setSearchParams] = useSearchParams();
  const [query, setQuery] = useState(first.query);
  const following = useFetcher<typeof loader>();
  const [later, setLater] = useState<typeof first.customers>([]);
  const [next, setNext] = useState(first.next);
  useEffect(() => {
    setLater([]);
    setNext(first.next);
  }, [first]);
  useEffect(() => {
    if (!following.data || following.data.query !== first.query || following.data.offset === 0) return;
    const { customers, next: after } = following.data;
    setLater((some) => [...some, ...customers]);
    setNext(after);
  }, [following.data, first.query]);
  // Whoever was clicked while the search still waited is on the way: it must not call them back.
  const leaving = useNavigation().location?.pathname.startsWith('/app/customers/') ?? false;
  useEffect(() => {
    if (query === first.query || leaving) return;
    const timer = setTimeout(() => setSearchParams(query ? { q: query } : {}, { replace: true }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [query, first.query, leaving, setSearchParams]);
  return (
    <CustomersPage
      query={query}
      customers={[...first.customers, ...later]}
      more={next !== null}
      loading={following.state !== 'idle' || query !== first.query}
      onSearch={setQuery}
      onMore={() => following.load(`/app/customers?${new URLSearchParams({ q: first.query, from: String(next) })}`)}
    />
  );
}
