/** The settings of one block: its words, where it leads, how it stands, for whom it is shown. Opened below its row in the editor's list. */
import { BlockStack, Checkbox, Select, Text, TextField } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { Block } from '../emails/content';
import type { Words } from '../lib/language';
import { ColumnsSettings } from './columns-settings';
import { useEditorSurroundings } from './editor-context';
import { LinkFields } from './link-fields';
import { PictureSettings } from './picture-settings';
import { WhenField } from './when-field';
import { WordsField } from './words-field';

type BlockOf<T extends Block['type']> = Extract<Block, { type: T }>;

export interface SettingsProps<B extends Block = Block> {
  block: B;
  /** The block as Relance came with it. */
  original: B | undefined;
  /** `blocks.2` */
  path: string;
  onChange(block: Block): void;
}

export function BlockSettings(props: SettingsProps) {
  const { block, onChange } = props;
  return (
    <BlockStack gap="300">
      <OwnSettings {...props} />
      {block.type !== 'footer' && (
        <WhenField
          when={block.when}
          onChange={(when) => {
            const { when: _, ...rest } = block;
            onChange(when ? { ...rest, when } : rest);
          }}
        />
      )}
    </BlockStack>
  );
}

/** The settings of the same kind of block; its original is of that kind too, or it does not count. */
function OwnSettings({ block, original: found, path, onChange }: SettingsProps) {
  const { t } = useTranslation();
  const own = <T extends Block['type']>(typed: BlockOf<T>): SettingsProps<BlockOf<T>> => ({
    block: typed,
    original: found?.type === typed.type ? (found as BlockOf<T>) : undefined,
    path,
    onChange,
  });
  switch (block.type) {
    case 'header':
      return <Hint text={t('editor.settings.header')} />;
    case 'divider':
      return <Hint text={t('editor.settings.divider')} />;
    case 'heading':
      return <HeadingSettings {...own(block)} />;
    case 'text':
    case 'note':
    case 'code':
      return <TextSettings {...own(block)} />;
    case 'button':
      return <ButtonSettings {...own(block)} />;
    case 'image':
      return <PictureSettings {...own(block)} />;
    case 'products':
      return <ProductsSettings {...own(block)} />;
    case 'cart':
      return <Amount value={block.max} onChange={(max) => onChange({ ...block, max })} />;
    case 'columns':
      return <ColumnsSettings {...own(block)} />;
    case 'preferences':
      return <PreferencesSettings {...own(block)} />;
    case 'footer':
      return <FooterSettings {...own(block)} />;
  }
}

function Hint({ text }: { text: string }) {
  return (
    <Text as="p" tone="subdued">
      {text}
    </Text>
  );
}

function HeadingSettings({ block, original, path, onChange }: SettingsProps<BlockOf<'heading'>>) {
  const { t } = useTranslation();
  return (
    <>
      <WordsField
        label={t('editor.kinds.heading')}
        path={`${path}.text`}
        words={block.text}
        original={original?.text}
        onChange={(text) => onChange({ ...block, text })}
      />
      <div className="settings-row">
        <Select
          label={t('editor.settings.size')}
          options={[
            { value: '1', label: t('editor.settings.large') },
            { value: '2', label: t('editor.settings.small') },
          ]}
          value={String(block.level)}
          onChange={(level) => onChange({ ...block, level: level === '1' ? 1 : 2 })}
        />
        <Align value={block.align ?? 'left'} onChange={(align) => onChange({ ...block, align })} />
      </div>
    </>
  );
}

function TextSettings({ block, original, path, onChange }: SettingsProps<BlockOf<'text' | 'note' | 'code'>>) {
  const { t } = useTranslation();
  return (
    <>
      {block.type === 'code' && <Hint text={t('editor.settings.code')} />}
      <WordsField
        long
        label={t(`editor.kinds.${block.type}`)}
        path={`${path}.text`}
        words={block.text}
        original={original?.text}
        onChange={(text) => onChange({ ...block, text })}
      />
      {block.type !== 'note' && (
        <Align
          value={block.align ?? (block.type === 'code' ? 'center' : 'left')}
          onChange={(align) => onChange({ ...block, align })}
        />
      )}
    </>
  );
}

function ButtonSettings({ block, original, path, onChange }: SettingsProps<BlockOf<'button'>>) {
  const { t } = useTranslation();
  const { errors } = useEditorSurroundings();
  return (
    <>
      <WordsField
        label={t('editor.settings.label')}
        path={`${path}.label`}
        words={block.label}
        original={original?.label}
        onChange={(label) => onChange({ ...block, label })}
      />
      <LinkFields
        link={block.link}
        error={errors[`${path}.link.url`]}
        onChange={(link) => onChange({ ...block, link: link ?? { to: 'store' } })}
      />
    </>
  );
}

function ProductsSettings({ block, original, path, onChange }: SettingsProps<BlockOf<'products'>>) {
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

function PreferencesSettings({ block, original, path, onChange }: SettingsProps<BlockOf<'preferences'>>) {
  const { t } = useTranslation();
  return (
    <>
      <WordsField
        long
        label={t('editor.kinds.text')}
        path={`${path}.text`}
        words={block.text}
        original={original?.text}
        onChange={(text) => onChange({ ...block, text })}
      />
      <WordsField
        label={t('editor.settings.linkLabel')}
        path={`${path}.label`}
        words={block.label}
        original={original?.label}
        onChange={(label) => onChange({ ...block, label })}
      />
    </>
  );
}

function FooterSettings({ block, original, path, onChange }: SettingsProps<BlockOf<'footer'>>) {
  const { t } = useTranslation();
  return (
    <>
      <Hint text={t('editor.settings.footer')} />
      <OptionalWords
        long
        label={t('editor.settings.ownWords')}
        ask={t('editor.settings.withOwnWords')}
        path={`${path}.text`}
        words={block.text}
        original={original?.text}
        start={{ fr: 'À bientôt', en: 'See you soon' }}
        onChange={(text) => {
          const { text: _, ...rest } = block;
          onChange(text ? { ...rest, text } : rest);
        }}
      />
    </>
  );
}

interface OptionalWordsProps {
  label: string;
  ask: string;
  path: string;
  words: Words | undefined;
  original: Words | undefined;
  long?: boolean;
  /** What stands there when they are added. */
  start: Words;
  onChange(words: Words | undefined): void;
}

function OptionalWords({ ask, words, start, onChange, ...field }: OptionalWordsProps) {
  return (
    <>
      <Checkbox
        label={ask}
        checked={words !== undefined}
        onChange={(wanted) => onChange(wanted ? (field.original ?? start) : undefined)}
      />
      {words && <WordsField {...field} words={words} onChange={onChange} />}
    </>
  );
}

function Align({ value, onChange }: { value: 'left' | 'center'; onChange(value: 'left' | 'center'): void }) {
  const { t } = useTranslation();
  return (
    <Select
      label={t('editor.settings.align')}
      options={(['left', 'center'] as const).map((one) => ({ value: one, label: t(`editor.settings.aligns.${one}`) }))}
      value={value}
      onChange={(next) => onChange(next === 'center' ? 'center' : 'left')}
    />
  );
}

const MOST_PRODUCTS = 12;

function Amount({ value, onChange }: { value: number; onChange(value: number): void }) {
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
