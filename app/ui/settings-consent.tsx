/** Who counts as a subscriber, on what ground cart reminders go out, and where the owner is stricter than a country's law. Used by the settings page. */
import {
  BlockStack,
  Button,
  Checkbox,
  ChoiceList,
  Collapsible,
  InlineGrid,
  InlineStack,
  Select,
  Text,
} from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CHECKOUT_RULES, type CheckoutRule, ELSEWHERE, isAsStrict } from '../domain/checkout-rule';
import { COUNTRY_CODES } from '../lib/countries';
import type { SettingsPageProps } from './settings-page';
import { useFormat } from './use-format';

export interface CountryRule {
  /** ISO 3166-1 alpha-2; `ELSEWHERE` for every country without a row. */
  country: string;
  /** What the country allows. */
  rule: CheckoutRule;
  /** The law it rests on; null where no law was read. */
  source: string | null;
}

export function ConsentFields(props: SettingsPageProps) {
  const { t } = useTranslation();
  const { form, errors, onChange } = props;
  return (
    <>
      <Checkbox
        label={t('settings.consent.confirmedOnly')}
        helpText={t('settings.consent.confirmedOnlyHelp')}
        checked={form.confirmedOnly}
        onChange={(confirmedOnly) => onChange({ confirmedOnly })}
      />
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
      <Countries {...props} />
    </>
  );
}

type CountriesProps = Pick<SettingsPageProps, 'form' | 'errors' | 'countries' | 'onChange'>;

function Countries(props: CountriesProps) {
  const { t } = useTranslation();
  const { form, errors, countries } = props;
  const refused = Object.keys(errors).some((path) => path.startsWith('checkoutCountries'));
  const [wished, setOpen] = useState(false);
  const open = wished || refused;
  const narrowed = Object.keys(form.checkoutCountries).length;
  const rows = withAdded(countries, form.checkoutCountries);
  return (
    <BlockStack gap="200">
      <InlineStack>
        <Button
          variant="plain"
          disclosure={open ? 'up' : 'down'}
          ariaExpanded={open}
          ariaControls="countries"
          onClick={() => setOpen(!wished)}
        >
          {narrowed > 0
            ? t('settings.consent.countriesNarrowed', { count: narrowed })
            : t('settings.consent.countries')}
        </Button>
      </InlineStack>
      <Collapsible id="countries" open={open}>
        <BlockStack gap="400">
          <Text as="p">{t('settings.consent.narrowHelp')}</Text>
          {rows.map((row) => (
            <CountryRow key={row.country} row={row} {...props} />
          ))}
          <AddCountry {...props} shown={rows} />
          <Text as="p" tone="subdued">
            {t('settings.consent.notAdvice')}
          </Text>
        </BlockStack>
      </Collapsible>
    </BlockStack>
  );
}

/** The country table, with the countries the owner added before "everywhere else". */
function withAdded(countries: CountryRule[], own: Record<string, CheckoutRule>): CountryRule[] {
  const listed = countries.filter(({ country }) => country !== ELSEWHERE);
  const elsewhere = countries.filter(({ country }) => country === ELSEWHERE);
  const added = Object.keys(own)
    .filter((code) => !countries.some(({ country }) => country === code))
    .map((country) => ({ country, rule: elsewhere[0]?.rule ?? 'earlier-buyer', source: null }));
  return [...listed, ...added, ...elsewhere];
}

function CountryRow({ row, form, errors, countries, onChange }: CountriesProps & { row: CountryRule }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { country, rule, source } = row;
  const error = errors[`checkoutCountries.${country}`];
  const isAdded = !countries.some((one) => one.country === country);
  const set = (chosen: CheckoutRule | null) => {
    const { [country]: _, ...others } = form.checkoutCountries;
    onChange({ checkoutCountries: chosen === null ? others : { ...others, [country]: chosen } });
  };
  return (
    <InlineGrid columns={{ xs: 1, sm: 2 }} gap="200" alignItems="start">
      <BlockStack>
        <Text as="span" fontWeight="semibold">
          {country === ELSEWHERE ? t('settings.consent.otherCountries') : format.country(country)}
        </Text>
        <Text as="span" tone="subdued" variant="bodySm">
          {source ?? t('settings.consent.noSource')}
        </Text>
        {isAdded && (
          <InlineStack>
            <Button variant="plain" onClick={() => set(null)}>
              {t('settings.consent.asElsewhere')}
            </Button>
          </InlineStack>
        )}
      </BlockStack>
      <Select
        label={t('settings.consent.ruleOf', {
          country: country === ELSEWHERE ? t('settings.consent.otherCountries') : format.country(country),
        })}
        labelHidden
        value={form.checkoutCountries[country] ?? rule}
        options={CHECKOUT_RULES.filter((one) => isAsStrict(one, rule)).map((value) => ({
          value,
          label: t(`settings.consent.rule.${value}`),
        }))}
        {...(error ? { error } : {})}
        onChange={(value) => {
          const chosen = CHECKOUT_RULES.find((one) => one === value) ?? rule;
          set(chosen === rule && !isAdded ? null : chosen);
        }}
      />
    </InlineGrid>
  );
}

function AddCountry({ form, shown, onChange }: CountriesProps & { shown: CountryRule[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const others = COUNTRY_CODES.filter((code) => !shown.some(({ country }) => country === code))
    .map((value) => ({ value, label: format.country(value) }))
    .sort((one, other) => one.label.localeCompare(other.label, format.language));
  return (
    <Select
      label={t('settings.consent.addCountry')}
      placeholder={t('settings.consent.chooseCountry')}
      value=""
      options={others}
      onChange={(code) => onChange({ checkoutCountries: { ...form.checkoutCountries, [code]: 'never' } })}
    />
  );
}
