/** The app's entries in Shopify's own menu. The home entry has no visible item: Shopify shows the app's name for it. */
import { useTranslation } from 'react-i18next';

declare global {
  namespace JSX {
    interface IntrinsicElements {
      's-link': { href: string; rel?: string; children: React.ReactNode };
    }
  }
}

export function AdminMenu() {
  const { t } = useTranslation();
  return (
    <s-app-nav>
      <s-link href="/app" rel="home">
        {t('common.appName')}
      </s-link>
      <s-link href="/app/scenarios">{t('common.nav.scenarios')}</s-link>
      <s-link href="/app/customers">{t('common.nav.customers')}</s-link>
      <s-link href="/app/settings">{t('common.nav.settings')}</s-link>
    </s-app-nav>
  );
}
