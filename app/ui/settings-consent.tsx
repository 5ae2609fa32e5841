/** Who may be written to: the ground for cart reminders with what each country says, and tags left out. Used by the settings page. */
import { BlockStack, Button, ChoiceList, Collapsible, InlineStack, List, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from './settings-fields';
import type { SettingsPageProps } from './settings-page';
import { useFormat } from './use-format';

export interface CountryRule {
  /** ISO 3166-1 alpha-2; null for everywhere else. */
  country: string | null;
  rule: 'anyone' | 'earlier-buyer' | 'never';
  /** The law it rests on. */
  source: string;
}

export function ConsentFields({ form, errors, countries, onChange }: SettingsPageProps) {
  const { t } = useTranslation();
  return (
    <>
      <ChoiceList
        title={t('settings.consent.label')}
        selected={[form.checkoutGround]}
        {...(errors.checkoutGround ? { error: errors.checkoutGround } : {})}
        choices={(['subscribed', 'left-address'] as const).map((value) => ({
          value,
          label: t(`settings.consent.${value}`),
          helpText: t(`settings.consent.${value}Help`),
        }))}
        onChange={([choice]) => onChange({ checkoutGround: choice === 'left-address' ? 'left-address' : 'subscribed' })}
      />
      <Countries countries={countries} />
      <Field
        form={form}
        errors={errors}
        onChange={onChange}
        name="leftOutTags"
        label={t('settings.consent.leftOutTags')}
        helpText={t('settings.consent.leftOutTagsHelp')}
      />
    </>
  );
}

function Countries({ countries }: { countries: CountryRule[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  return (
    <BlockStack gap="200">
      <InlineStack>
        <Button
          variant="plain"
          disclosure={open ? 'up' : 'down'}
          ariaExpanded={open}
          ariaControls="countries"
          onClick={() => setOpen(!open)}
        >
          {t('settings.consent.countries')}
        </Button>
      </InlineStack>
      <Collapsible id="countries" open={open}>
        <BlockStack gap="200">
          <List>
            {countries.map(({ country, rule, source }) => (
              <List.Item key={country ?? 'else'}>
                <b>{country ? format.country(country) : t('settings.consent.otherCountries')}</b>
                {': '}
                {t(`settings.consent.rule.${rule}`)}{' '}
                {country && (
                  <Text as="span" tone="subdued" variant="bodySm">
                    ({source})
                  </Text>
                )}
              </List.Item>
            ))}
          </List>
          <Text as="p" tone="subdued">
            {t('settings.consent.notAdvice')}
          </Text>
        </BlockStack>
      </Collapsible>
    </BlockStack>
  );
}
