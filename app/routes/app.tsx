/** The frame of every admin page: the shop's menu, Polaris, and the formats of the shop. */
import type { HeadersFunction, LinksFunction, LoaderFunctionArgs } from '@remix-run/node';
import {
  isRouteErrorResponse,
  Outlet,
  type ShouldRevalidateFunctionArgs,
  useLoaderData,
  useNavigation,
  useRouteError,
} from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import type { AppProviderProps } from '@shopify/polaris';
import { AppProvider } from '@shopify/shopify-app-remix/react';
import { boundary } from '@shopify/shopify-app-remix/server';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { requireShop } from '../shopify.server';
import adminStyles from '../ui/admin.css?url';
import { AdminMenu } from '../ui/admin-menu';
import { FailedPage, NotFoundPage } from '../ui/message-page';
import { PageFrame } from '../ui/page-frame';
import { ShopFormatProvider } from '../ui/use-format';

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: adminStyles }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { currency, timeZone } = await requireShop(request, context);
  return { currency, timeZone };
}

/** Currency and time zone change so rarely that only a document asks for them, not every click. */
export function shouldRevalidate({ formAction }: ShouldRevalidateFunctionArgs) {
  return formAction === '/app/settings';
}

export default function Admin() {
  const format = useLoaderData<typeof loader>();
  return (
    <Polaris>
      <ShopFormatProvider shop={format}>
        <AdminMenu />
        <LoadingBar />
        <PageFrame>
          <Outlet />
        </PageFrame>
      </ShopFormatProvider>
    </Polaris>
  );
}

/** Shopify's thin bar above the page while the next one is being fetched. */
function LoadingBar() {
  const shopify = useAppBridge();
  const { state } = useNavigation();
  useEffect(() => shopify.loading(state !== 'idle'), [shopify, state]);
  return null;
}

function Polaris({ children }: { children: React.ReactNode }) {
  const { i18n } = useTranslation();
  const words: AppProviderProps['i18n'] = i18n.getResourceBundle(i18n.language, 'polaris');
  // App Bridge stands in the document's head already (root.tsx).
  return (
    <AppProvider isEmbeddedApp={false} apiKey="" i18n={words}>
      {children}
    </AppProvider>
  );
}

/** The library answers documents without a valid id token by throwing a page that fetches one. */
export function ErrorBoundary() {
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status < 400) return boundary.error(error);
  const notFound = isRouteErrorResponse(error) && error.status === 404;
  return (
    <Polaris>
      <main>{notFound ? <NotFoundPage /> : <FailedPage />}</main>
    </Polaris>
  );
}

export const headers: HeadersFunction = (args) => boundary.headers(args);
