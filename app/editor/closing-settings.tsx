/** The settings of the blocks that end an e-mail: the way to the preferences, and the footer. Used by the blocks' settings. */
import { useTranslation } from 'react-i18next';
import type { Block } from '../emails/content';
import type { SettingsProps } from './block-settings';
import { Hint } from './hint';
import { OptionalWords } from './optional-words';
import { WordsField } from './words-field';

type BlockOf<T extends Block['type']> = Extract<Block, { type: T }>;

export function PreferencesSettings({ block, original, path, onChange }: SettingsProps<BlockOf<'preferences'>>) {
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

export function FooterSettings({ block, original, path, onChange }: SettingsProps<BlockOf<'footer'>>) {
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
