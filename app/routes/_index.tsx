/** For those who come without a shop: Relance opens inside Shopify. From Shopify, the way into the admin. */
import { type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useTranslation } from 'react-i18next';

export function loader({ request }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  if (searchParams.get('shop')) throw redirect(`/app?${searchParams}`);
  return null;
}

export const meta: MetaFunction = () => [{ title: 'Relance' }];

const PAGE = {
  maxWidth: '32rem',
  margin: '15vh auto 0',
  padding: '0 1.5rem',
  font: '16px/1.6 system-ui, sans-serif',
  color: '#303030',
} as const;

export default function Install() {
  const { t } = useTranslation();
  return (
    <main style={PAGE}>
      <h1 style={{ fontSize: '1.5rem' }}>{t('install.title')}</h1>
      <p>{t('install.text')}</p>
      <p>
        <a href="https://admin.shopify.com" style={{ color: '#24514a' }}>
          {t('install.admin')}
        </a>
      </p>
    </main>
  );
}
