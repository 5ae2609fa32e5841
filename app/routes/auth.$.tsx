/** Shopify's own addresses under /auth: fetching a fresh id token, leaving the frame. The library answers them. */
import type { HeadersFunction, LoaderFunctionArgs } from '@remix-run/node';
import { useRouteError } from '@remix-run/react';
import { boundary } from '@shopify/shopify-app-remix/server';
import { authenticateAdmin } from '../shopify.server';

export async function loader({ request }: LoaderFunctionArgs) {
  await authenticateAdmin(request);
  throw new Response(null, { status: 404 });
}

export default function Auth() {
  return null;
}

export function ErrorBoundary() {
  return boundary.error(useRouteError());
}

export const headers: HeadersFunction = (args) => boundary.headers(args);
