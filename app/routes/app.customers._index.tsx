/** The customers: search, a page at a time. */
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useFetcher, useLoaderData, useNavigation, useSearchParams } from '@remix-run/react';
import { useEffect, useState } from 'react';
import { CustomersPage } from '../ui/customers-page';
import { searchedCustomers } from './searched-customers';

export function loader({ request, context }: LoaderFunctionArgs) {
  return searchedCustomers(request, context);
}

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
