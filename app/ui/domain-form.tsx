/** Where the owner names the domain their e-mails should come from. Used by the page of the sender domain. */
import { BlockStack, Button, Card, FormLayout, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface DomainWish {
  domain: string;
  mailbox: string;
}

export interface DomainFormProps {
  /** What is proposed. */
  proposal: DomainWish;
  /** In words, by field. */
  errors: Partial<Record<keyof DomainWish, string>>;
  busy: boolean;
  onConnect(wish: DomainWish): void;
}

export function DomainForm({ proposal, errors, busy, onConnect }: DomainFormProps) {
  const { t } = useTranslation();
  const [wish, setWish] = useState(proposal);
  const change = (field: keyof DomainWish) => (value: string) => setWish({ ...wish, [field]: value });
  return (
    <Card>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onConnect(wish);
        }}
      >
        <BlockStack gap="400">
          <Text as="h2" variant="headingMd">
            {t('domain.form.heading')}
          </Text>
          <FormLayout>
            <TextField
              label={t('domain.form.domain')}
              helpText={t('domain.form.domainHelp')}
              value={wish.domain}
              onChange={change('domain')}
              autoComplete="off"
              inputMode="url"
              {...(errors.domain ? { error: errors.domain } : {})}
            />
            <TextField
              label={t('domain.form.mailbox')}
              helpText={t('domain.form.mailboxHelp')}
              value={wish.mailbox}
              onChange={change('mailbox')}
              suffix={`@${wish.domain.trim() || '…'}`}
              autoComplete="off"
              {...(errors.mailbox ? { error: errors.mailbox } : {})}
            />
          </FormLayout>
          <div>
            <Button submit variant="primary" loading={busy}>
              {t('domain.form.connect')}
            </Button>
          </div>
        </BlockStack>
      </form>
    </Card>
  );
}
