/** A subject and its preview text with how much of them is seen, and as they stand in an inbox. Used by the e-mail's subjects. */
import { useTranslation } from 'react-i18next';
import type { Language, Words } from '../lib/language';
import { useEditorSurroundings } from './editor-context';
import { InboxPreview } from './inbox-preview';
import { lengthOf, sampleLine } from './sample-line';
import { WordsField } from './words-field';

/** About what a phone's inbox shows of each before it cuts. */
const SEEN = { subject: 40, previewText: 80 } as const;

export interface Lines {
  subject: Words;
  previewText: Words;
}

export interface LineFieldsProps {
  /** What stands before the fields' own names in errors. */
  path: string;
  lines: Lines;
  original: Lines | undefined;
  onChange(changed: Partial<Lines>): void;
}

export function LineFields({ path, lines, original, onChange }: LineFieldsProps) {
  const { t } = useTranslation();
  const { shopName, editing } = useEditorSurroundings();
  const help = (line: keyof typeof SEEN) => (text: string, language: Language) => {
    const count = lengthOf(sampleLine(text, { language, shopName }));
    const key = count > SEEN[line] ? 'editor.subject.cut' : 'editor.subject.whole';
    return t(key, { count, seen: SEEN[line] });
  };
  const sample = (words: Words) => sampleLine(words[editing], { language: editing, shopName });
  return (
    <>
      <WordsField
        label={t('editor.subject.subject')}
        path={`${path}subject`}
        words={lines.subject}
        original={original?.subject}
        help={help('subject')}
        onChange={(subject) => onChange({ subject })}
      />
      <WordsField
        label={t('editor.subject.previewText')}
        path={`${path}previewText`}
        words={lines.previewText}
        original={original?.previewText}
        help={help('previewText')}
        onChange={(previewText) => onChange({ previewText })}
      />
      <InboxPreview sender={shopName} subject={sample(lines.subject)} previewText={sample(lines.previewText)} />
    </>
  );
}
