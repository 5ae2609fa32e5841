/** The document around every page. In the admin, App Bridge is the first script of its head, as Shopify asks. */
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Links, Meta, Outlet, Scripts, ScrollRestoration, useLoaderData } from '@remix-run/react';
import { deps } from './deps.server';
import { FIRST_SCREEN_FIRST } from './first-screen';
import { requestLanguage } from './i18n/admin/request-language';
import { RUN_LATE_SCRIPTS } from './run-late-scripts';

const APP_BRIDGE_URL = 'https://cdn.shopify.com/shopifycloud/app-bridge.js';

export function loader({ request }: LoaderFunctionArgs) {
  const { env } = deps();
  const inAdmin = /^\/app(\/|$)/.test(new URL(request.url).pathname);
  return {
    language: requestLanguage(request),
    appBridge: inAdmin ? { url: env.APP_BRIDGE_URL ?? APP_BRIDGE_URL, apiKey: env.SHOPIFY_API_KEY } : null,
  };
}

/** Language and App Bridge belong to the document: data fetched later for this page changes neither. */
export const shouldRevalidate = () => false;

export const links: LinksFunction = () => [{ rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' }];

/** For what is no page: not found, failed. */
export const meta: MetaFunction = () => [{ title: 'Relance' }];

export default function Root() {
  const { language, appBridge } = useLoaderData<typeof loader>();
  return (
    <html lang={language}>
      <head>
        <meta charSet="utf-8" />
        {appBridge && <script src={appBridge.url} data-api-key={appBridge.apiKey} />}
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a text of our own */}
        {appBridge && <script dangerouslySetInnerHTML={{ __html: FIRST_SCREEN_FIRST }} />}
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <Meta />
        <Links />
      </head>
      <body>
        <Outlet />
        <ScrollRestoration />
        <Scripts />
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a text of our own */}
        <script dangerouslySetInnerHTML={{ __html: RUN_LATE_SCRIPTS }} />
      </body>
    </html>
  );
}
