/** The settings of one block: its words, where it leads, how it stands, for whom it is shown. Opened below its row in the editor's list. */
import { BlockStack, Select } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { Block } from '../emails/content';
import { FooterSettings, PreferencesSettings } from './closing-settings';
import { ColumnsSettings } from './columns-settings';
import { useEditorSurroundings } from './editor-context';
import { Hint } from './hint';
import { LinkFields } from './link-fields';
import { PictureSettings } from './picture-settings';
import { Amount, ProductsSettings } from './products-settings';
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
  const { t } = useTranslation();
  const { block, onChange } = props;
  return (
    <BlockStack gap="300">
      <OwnSettings {...props} />
      {block.type !== 'footer' && (
        <WhenField
          label={t('editor.when.shown')}
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
