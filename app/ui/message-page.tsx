/** A whole page that says one thing and where to go from there: not found, failed. Used by error boundaries. */
import { EmptyState, Page } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';

const PICTURE = '/empty.svg';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('common.notFound.title')}>
      <EmptyState
        heading={t('common.notFound.heading')}
        image={PICTURE}
        action={{ content: t('common.notFound.back'), url: '/app' }}
      >
        <p>{t('common.notFound.text')}</p>
      </EmptyState>
    </Page>
  );
}

export function FailedPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('common.failed.title')}>
      <EmptyState
        heading={t('common.failed.heading')}
        image={PICTURE}
        action={{ content: t('common.failed.reload'), onAction: () => location.reload() }}
      >
        <p>{t('common.failed.text')}</p>
      </EmptyState>
    </Page>
  );
}
