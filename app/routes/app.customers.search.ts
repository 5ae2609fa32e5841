/** The customers whose name or address the preview's picker is being given; as plain JSON. */
import type { LoaderFunctionArgs } from '@remix-run/node';
import { searchedCustomers } from './searched-customers';

export function loader({ request, context }: LoaderFunctionArgs) {
  return searchedCustomers(request, context);
}
