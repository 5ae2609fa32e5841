/** The fields of the brand page: logo, colors, fonts, links; each says what the theme has. */
import { BlockStack, Card, RadioButton, Select, Text, TextField } from '@shopify/polaris';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { FONT_KEYS, type FontKey, type FoundFont, MOST_SOCIAL_LINKS, readColor } from '../domain/brand';
import { BelowTheFold } from './below-the-fold';
import { type BrandForm, hasThemeLinks } from './brand-form';
import type { BrandPageProps } from './brand-page';
import { PictureField } from './picture-field';
import { withError } from './with-error';

type FieldsProps = Pick<BrandPageProps, 'form' | 'errors' | 'theme' | 'usual' | 'upload' | 'onChange'>;

function Group({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {title}
        </Text>
        {children}
      </BlockStack>
    </Card>
  );
}

export function BrandFields(props: FieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Group title={t('brand.logo.title')}>
        <Logo {...props} />
      </Group>
      <Group title={t('brand.colors.title')}>
        <ColorField {...props} name="buttonColor" usual={props.usual.button} found={props.theme.buttonColor !== null} />
        <ColorField {...props} name="background" usual={props.usual.background} found={props.usual.backgroundFound} />
      </Group>
      <BelowTheFold on="head">
        <Group title={t('brand.fonts.title')}>
          <FontField {...props} name="headingFont" usual={props.usual.headingFont} found={props.theme.headingFont} />
          <FontField {...props} name="bodyFont" usual={props.usual.bodyFont} found={props.theme.bodyFont} />
        </Group>
      </BelowTheFold>
      <BelowTheFold>
        <Group title={t('brand.links.title')}>
          <Links {...props} />
        </Group>
      </BelowTheFold>
    </>
  );
}

function Logo({ form, errors, theme, upload, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const name = useId();
  const choice = (logoFrom: BrandForm['logoFrom'], label: string) => (
    <RadioButton
      name={name}
      label={label}
      checked={form.logoFrom === logoFrom}
      onChange={() => onChange({ logoFrom })}
    />
  );
  return (
    <BlockStack gap="200">
      {theme.logo && choice('theme', t('brand.logo.theme'))}
      {theme.logo && form.logoFrom === 'theme' && (
        <div className="logo-found">
          <img src={theme.logo.url} alt={t('brand.logo.themeAlt')} />
        </div>
      )}
      {choice('own', t('brand.logo.own'))}
      {form.logoFrom === 'own' && (
        <PictureField
          label={t('brand.logo.picture')}
          alt={t('brand.logo.title')}
          url={form.logoUrl}
          error={errors.logoUrl}
          upload={upload}
          onChange={({ url }) => onChange({ logoUrl: url })}
        />
      )}
      {choice('none', t('brand.logo.none'))}
    </BlockStack>
  );
}

interface ColorProps extends Omit<FieldsProps, 'usual'> {
  name: 'buttonColor' | 'background';
  usual: string;
  found: boolean;
}

function ColorField({ name, usual, found, form, errors, onChange }: ColorProps) {
  const { t } = useTranslation();
  const text = form[name];
  const help = t(found ? 'brand.colors.fromTheme' : 'brand.colors.usual', { color: usual });
  return (
    <TextField
      label={t(`brand.colors.${name}`)}
      autoComplete="off"
      placeholder={usual}
      helpText={`${help} ${t(`brand.colors.${name}Help`)}`}
      prefix={
        <input
          type="color"
          className="color-choice"
          aria-label={t('brand.colors.choose', { name: t(`brand.colors.${name}`) })}
          value={readColor(text) ?? usual}
          onChange={(event) => onChange({ [name]: event.target.value })}
        />
      }
      value={text}
      {...withError(errors[name])}
      onChange={(value) => onChange({ [name]: value })}
    />
  );
}

interface FontProps extends Omit<FieldsProps, 'usual'> {
  name: 'headingFont' | 'bodyFont';
  usual: FontKey;
  found: FoundFont | null;
}

const UNSET = '';

function FontField({ name, usual, found, form, errors, onChange }: FontProps) {
  const { t } = useTranslation();
  const drawn = (font: FontKey) => t(`brand.fonts.names.${font}`);
  const unset = found
    ? t('brand.fonts.fromTheme', { name: found.name, font: drawn(found.font) })
    : t('brand.fonts.usual', { font: drawn(usual) });
  return (
    <Select
      label={t(`brand.fonts.${name}`)}
      options={[{ value: UNSET, label: unset }, ...FONT_KEYS.map((font) => ({ value: font, label: drawn(font) }))]}
      value={form[name] ?? UNSET}
      {...withError(errors[name])}
      onChange={(value) => onChange({ [name]: FONT_KEYS.find((font) => font === value) ?? null })}
    />
  );
}

function Links({ form, errors, theme, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const help = t('brand.links.help', { count: MOST_SOCIAL_LINKS });
  return (
    <TextField
      label={t('brand.links.label')}
      multiline={3}
      autoComplete="off"
      helpText={hasThemeLinks(form, theme) ? `${t('brand.links.fromTheme')} ${help}` : help}
      value={form.socialLinks}
      {...withError(errors.socialLinks)}
      onChange={(socialLinks) => onChange({ socialLinks })}
    />
  );
}
