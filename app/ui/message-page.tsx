/** A whole page that says one thing and where to go from there: not found, failed. Used by error boundaries. */
import { Card, Page } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { NothingHere } from './nothing-here';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('common.notFound.title')}>
      <Card>
        <NothingHere
          heading={t('common.notFound.heading')}
          action={{ content: t('common.notFound.back'), url: '/app' }}
        >
          {t('common.notFound.text')}
        </NothingHere>
      </Card>
    </Page>
  );
}

export function FailedPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('common.failed.title')}>
      <Card>
        <NothingHere
          heading={t('common.failed.heading')}
          action={{ content: t('common.failed.reload'), onAction: () => location.reload() }}
        >
          {t('common.failed.text')}
        </NothingHere>
      </Card>
    </Page>
  );
}
