/** The fields of the settings page, group by group; each shows its own error. */
import { FormLayout, TextField, type TextFieldProps } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { PostalAddress } from '../domain/shop';
import type { SettingsForm } from './settings-form';
import type { SettingsPageProps } from './settings-page';

type FieldsProps = Omit<SettingsPageProps, 'countries' | 'segments' | 'ramp' | 'shared' | 'domain'>;
type TextName = { [Name in keyof SettingsForm]: SettingsForm[Name] extends string ? Name : never }[keyof SettingsForm];

interface FieldProps extends Omit<TextFieldProps, 'name' | 'value' | 'onChange' | 'error' | 'autoComplete'> {
  name: TextName;
  /** Where the server says its errors; the name where absent. */
  path?: string;
  autoComplete?: string;
}

/** One text field of the form with its value and error. */
export function Field({
  name,
  path = name,
  autoComplete = 'off',
  form,
  errors,
  onChange,
  ...rest
}: FieldProps & Pick<FieldsProps, 'form' | 'errors' | 'onChange'>) {
  const error = errors[path];
  const field = {
    ...rest,
    autoComplete,
    value: form[name],
    onChange: (value: string) => onChange({ [name]: value }),
    ...(error ? { error } : {}),
  } as TextFieldProps;
  return <TextField {...field} />;
}

export function SenderFields({ form, errors, fallbacks, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const shared = { form, errors, onChange };
  return (
    <>
      <Field
        {...shared}
        name="senderName"
        label={t('settings.sender.senderName')}
        placeholder={fallbacks.senderName}
        helpText={t('settings.sender.senderNameHelp', { name: fallbacks.senderName })}
      />
      <Field
        {...shared}
        name="senderEmail"
        type="email"
        label={t('settings.sender.senderEmail')}
        {...(fallbacks.senderEmail ? { placeholder: fallbacks.senderEmail } : {})}
        helpText={
          fallbacks.senderEmail
            ? t('settings.sender.senderEmailHelp', { email: fallbacks.senderEmail })
            : t('settings.sender.senderEmailHelpNone')
        }
      />
      <Field
        {...shared}
        name="replyTo"
        type="email"
        label={t('settings.sender.replyTo')}
        {...(fallbacks.replyTo ? { placeholder: fallbacks.replyTo } : {})}
        helpText={
          fallbacks.replyTo
            ? t('settings.sender.replyToHelp', { email: fallbacks.replyTo })
            : t('settings.sender.replyToHelpNone')
        }
      />
    </>
  );
}

export function AddressFields({ form, errors, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const field = (name: keyof PostalAddress, autoComplete: string) => {
    const error = errors[`address.${name}`];
    return (
      <TextField
        key={name}
        label={t(`settings.address.${name}`)}
        autoComplete={autoComplete}
        value={form.address[name]}
        {...(error ? { error } : {})}
        onChange={(value) => onChange({ address: { ...form.address, [name]: value } })}
      />
    );
  };
  return (
    <FormLayout>
      {field('company', 'organization')}
      {field('line1', 'address-line1')}
      {field('line2', 'address-line2')}
      <FormLayout.Group condensed>
        {field('postalCode', 'postal-code')}
        {field('city', 'address-level2')}
      </FormLayout.Group>
      <FormLayout.Group condensed>
        {field('region', 'address-level1')}
        {field('country', 'country-name')}
      </FormLayout.Group>
    </FormLayout>
  );
}

export function TimingFields({ form, errors, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const shared = { form, errors, onChange };
  return (
    <FormLayout>
      <FormLayout.Group condensed>
        <Field
          {...shared}
          name="quietFrom"
          path="quietHours.from"
          type="time"
          label={t('settings.timing.quietFrom')}
          helpText={t('settings.timing.quietHelp')}
        />
        <Field {...shared} name="quietTo" path="quietHours.to" type="time" label={t('settings.timing.quietTo')} />
      </FormLayout.Group>
      <Field
        {...shared}
        name="maxIn7Days"
        path="frequency.maxIn7Days"
        inputMode="numeric"
        suffix={t('settings.timing.emails')}
        label={t('settings.timing.maxIn7Days')}
      />
      <Field
        {...shared}
        name="gapHours"
        path="frequency.gapHours"
        inputMode="numeric"
        suffix={t('settings.timing.hours')}
        label={t('settings.timing.gapHours')}
      />
    </FormLayout>
  );
}

export function AttributionFields({ form, errors, onChange }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <Field
      form={form}
      errors={errors}
      onChange={onChange}
      name="attributionDays"
      inputMode="numeric"
      suffix={t('settings.attribution.daysSuffix')}
      label={t('settings.attribution.days')}
    />
  );
}
