/** Where the store keeps its customers' birth dates. Used by the settings page. */
import { ChoiceList } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { Field } from './settings-fields';
import { BIRTH_DATE_PLACES } from './settings-form';
import type { SettingsPageProps } from './settings-page';

export function BirthDateFields(props: SettingsPageProps) {
  const { t } = useTranslation();
  const { form, onChange } = props;
  return (
    <>
      <ChoiceList
        title={t('settings.birthDates.from')}
        selected={[form.birthDatesIn]}
        choices={BIRTH_DATE_PLACES.map((value) => ({ value, label: t(`settings.birthDates.${value}`) }))}
        onChange={([chosen]) =>
          onChange({ birthDatesIn: BIRTH_DATE_PLACES.find((place) => place === chosen) ?? 'standard' })
        }
      />
      {form.birthDatesIn === 'metafield' && (
        <Field
          {...props}
          name="birthDateKey"
          path="birthDateFrom.key"
          spellCheck={false}
          label={t('settings.birthDates.key')}
          helpText={t('settings.birthDates.keyHelp')}
        />
      )}
      {form.birthDatesIn === 'tag' && (
        <Field
          {...props}
          name="birthDatePrefix"
          path="birthDateFrom.prefix"
          spellCheck={false}
          label={t('settings.birthDates.prefix')}
          helpText={t('settings.birthDates.prefixHelp')}
        />
      )}
    </>
  );
}
