/** The settings of a shelf of products, and how many products a block shows. Used by the blocks' settings. */
import { Select, TextField } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { Block } from '../emails/content';
import type { Words } from '../lib/language';
import type { SettingsProps } from './block-settings';
import { OptionalWords } from './optional-words';

type ProductsBlock = Extract<Block, { type: 'products' }>;

export function ProductsSettings({ block, original, path, onChange }: SettingsProps<ProductsBlock>) {
  const { t } = useTranslation();
  const sources = ['most-bought', 'recommended', 'items'] as const;
  const layouts = ['grid', 'list'] as const;
  const titled = (title: Words | undefined) => {
    const { title: _, ...rest } = block;
    onChange(title ? { ...rest, title } : rest);
  };
  return (
    <>
      <Select
        label={t('editor.settings.source')}
        options={sources.map((value) => ({ value, label: t(`editor.settings.sources.${value}`) }))}
        value={block.source}
        onChange={(source) => onChange({ ...block, source: sources.find((one) => one === source) ?? block.source })}
      />
      <div className="settings-row">
        <Select
          label={t('editor.settings.layout')}
          options={layouts.map((value) => ({ value, label: t(`editor.settings.layouts.${value}`) }))}
          value={block.layout}
          onChange={(layout) => onChange({ ...block, layout: layout === 'list' ? 'list' : 'grid' })}
        />
        <Amount value={block.max} onChange={(max) => onChange({ ...block, max })} />
      </div>
      <OptionalWords
        label={t('editor.settings.title')}
        ask={t('editor.settings.withTitle')}
        path={`${path}.title`}
        words={block.title}
        original={original?.title}
        start={{ fr: 'Notre sélection', en: 'Our selection' }}
        onChange={titled}
      />
    </>
  );
}

const MOST_PRODUCTS = 12;

export function Amount({ value, onChange }: { value: number; onChange(value: number): void }) {
  const { t } = useTranslation();
  return (
    <TextField
      label={t('editor.settings.amount')}
      type="number"
      min={1}
      max={MOST_PRODUCTS}
      autoComplete="off"
      value={String(value)}
      onChange={(typed) => {
        const number = Math.round(Number(typed));
        if (number >= 1 && number <= MOST_PRODUCTS) onChange(number);
      }}
    />
  );
}
