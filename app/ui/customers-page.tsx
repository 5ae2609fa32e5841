/** The customers, found by name or address. Shown by the customers route. */

import { Link } from '@remix-run/react';
import { Badge, BlockStack, Box, Button, Card, Icon, InlineStack, Page, Text, TextField } from '@shopify/polaris';
import { SearchIcon } from '@shopify/polaris-icons';
import { useTranslation } from 'react-i18next';
import type { ConsentState } from '../domain/customer';
import { useFirstScreen } from './below-the-fold';
import { NothingHere } from './nothing-here';

export interface ListedCustomer {
  id: string;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  consent: ConsentState;
  sent: number;
}

export interface CustomersPageProps {
  query: string;
  customers: ListedCustomer[];
  more: boolean;
  loading: boolean;
  onSearch(query: string): void;
  onMore(): void;
}

/** Rows of 60 pixels, in a window of a thousand. */
const FIRST_SCREEN = 16;

export function CustomersPage(props: CustomersPageProps) {
  const { t } = useTranslation();
  const { query, customers, more, loading } = props;
  const shown = useFirstScreen(customers, FIRST_SCREEN);
  return (
    <Page title={t('customers.title')} subtitle={t('customers.subtitle')}>
      <Card padding="0">
        <Box padding="400">
          <TextField
            label={t('customers.searchLabel')}
            autoComplete="off"
            prefix={<Icon source={SearchIcon} />}
            value={query}
            onChange={props.onSearch}
            clearButton
            onClearButtonClick={() => props.onSearch('')}
            loading={loading}
          />
        </Box>
        {customers.length === 0 && !loading && <Nobody searched={query !== ''} />}
        <ul className="plain-list customer-rows">
          {shown.map((customer) => (
            <li key={customer.id}>
              <CustomerRow {...customer} />
            </li>
          ))}
        </ul>
        {more && shown.length === customers.length && (
          <Box padding="400">
            <Button onClick={props.onMore} loading={loading}>
              {t('common.more')}
            </Button>
          </Box>
        )}
      </Card>
    </Page>
  );
}

function CustomerRow({ id, firstName, lastName, email, consent, sent }: ListedCustomer) {
  const { t } = useTranslation();
  const name = [firstName, lastName].filter(Boolean).join(' ') || t('customers.noName');
  return (
    <Link to={`/app/customers/${encodeURIComponent(id)}`} className="row-link">
      <div className="row-sides">
        <BlockStack>
          <Text as="span" fontWeight="semibold">
            {name}
          </Text>
          <Text as="span" tone="subdued">
            {email ?? t('customers.noEmail')}
          </Text>
        </BlockStack>
        <InlineStack gap="300" blockAlign="center">
          <Text as="span" tone="subdued">
            {t('customers.sentCount', { count: sent })}
          </Text>
          <ConsentBadge consent={consent} />
        </InlineStack>
      </div>
    </Link>
  );
}

export function ConsentBadge({ consent }: { consent: ConsentState }) {
  const { t } = useTranslation();
  const tone = consent === 'subscribed' ? { tone: 'success' as const } : {};
  return <Badge {...tone}>{t(`customers.consent.${consent}`)}</Badge>;
}

function Nobody({ searched }: { searched: boolean }) {
  const { t } = useTranslation();
  const which = searched ? 'noMatch' : 'empty';
  return <NothingHere heading={t(`customers.${which}.heading`)}>{t(`customers.${which}.text`)}</NothingHere>;
}
