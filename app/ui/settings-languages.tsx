/** Which languages the shop's e-mails go out in, and who gets which. Used by the settings page. */
import { ChoiceList, Select } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { LANGUAGES } from '../lib/language';
import type { SettingsPageProps } from './settings-page';

const STORE = 'store';

export function LanguageFields({ form, errors, fallbacks, onChange }: SettingsPageProps) {
  const { t } = useTranslation();
  const name = (language: (typeof LANGUAGES)[number]) => t(`customers.customer.languages.${language}`);
  const used = errors['languages.use'];
  const fallback = errors['languages.fallback'];
  return (
    <>
      <ChoiceList
        allowMultiple
        title={t('settings.languages.use')}
        choices={LANGUAGES.map((value) => ({ value, label: name(value) }))}
        selected={form.languages}
        {...(used ? { error: used } : {})}
        onChange={(chosen) => onChange({ languages: LANGUAGES.filter((one) => chosen.includes(one)) })}
      />
      <Select
        label={t('settings.languages.fallback')}
        helpText={t('settings.languages.fallbackHelp')}
        options={[
          { value: STORE, label: t('settings.languages.store', { language: name(fallbacks.language) }) },
          ...LANGUAGES.map((value) => ({ value, label: name(value) })),
        ]}
        value={form.fallbackLanguage ?? STORE}
        {...(fallback ? { error: fallback } : {})}
        onChange={(value) => onChange({ fallbackLanguage: LANGUAGES.find((one) => one === value) ?? null })}
      />
    </>
  );
}
