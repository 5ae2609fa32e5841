/** The settings of two or three columns: each with its title, its text and a picture if wanted. Used by the blocks' settings. */
import { BlockStack, Button, Checkbox, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { Block } from '../emails/content';
import { newColumn } from './block-kinds';
import type { SettingsProps } from './block-settings';
import { PictureWords } from './picture-settings';
import { WordsField } from './words-field';

type ColumnsBlock = Extract<Block, { type: 'columns' }>;
type Column = ColumnsBlock['columns'][number];

const FEWEST = 2;
const MOST = 3;

export function ColumnsSettings({ block, original, path, onChange }: SettingsProps<ColumnsBlock>) {
  const { t } = useTranslation();
  const { columns } = block;
  const change = (next: Column[]) => onChange({ ...block, columns: next });
  return (
    <>
      {columns.map((column, index) => (
        <ColumnSettings
          // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
          key={index}
          number={index + 1}
          column={column}
          original={original?.columns[index]}
          path={`${path}.columns.${index}`}
          onChange={(changed) => change(columns.with(index, changed))}
          {...(columns.length > FEWEST ? { onRemove: () => change(columns.toSpliced(index, 1)) } : {})}
        />
      ))}
      {columns.length < MOST && (
        <InlineStack>
          <Button onClick={() => change([...columns, newColumn()])}>{t('editor.columns.add')}</Button>
        </InlineStack>
      )}
    </>
  );
}

interface ColumnSettingsProps {
  number: number;
  column: Column;
  original: Column | undefined;
  path: string;
  onChange(column: Column): void;
  onRemove?: () => void;
}

function ColumnSettings({ number, column, original, path, onChange, onRemove }: ColumnSettingsProps) {
  const { t } = useTranslation();
  const picture = (wanted: boolean) => {
    const { image: _, ...rest } = column;
    onChange(wanted ? { ...rest, image: { url: '', alt: { fr: '', en: '' } } } : rest);
  };
  return (
    <BlockStack gap="200">
      <InlineStack align="space-between">
        <Text as="h4" variant="headingSm">
          {t('editor.columns.column', { number })}
        </Text>
        {onRemove && (
          <Button
            variant="plain"
            tone="critical"
            onClick={onRemove}
            accessibilityLabel={t('editor.columns.removeOne', { number })}
          >
            {t('editor.remove')}
          </Button>
        )}
      </InlineStack>
      <WordsField
        label={t('editor.columns.title', { number })}
        path={`${path}.title`}
        words={column.title}
        original={original?.title}
        onChange={(title) => onChange({ ...column, title })}
      />
      <WordsField
        long
        label={t('editor.columns.text', { number })}
        path={`${path}.text`}
        words={column.text}
        original={original?.text}
        onChange={(text) => onChange({ ...column, text })}
      />
      <Checkbox label={t('editor.columns.withPicture')} checked={column.image !== undefined} onChange={picture} />
      {column.image && (
        <PictureWords
          picture={column.image}
          original={original?.image}
          path={`${path}.image`}
          onChange={(image) => onChange({ ...column, image })}
        />
      )}
    </BlockStack>
  );
}
