/** Subject and preview text with how much of them is seen, and as they stand in an inbox. The first part of the e-mail editor. */
import { BlockStack, Select } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EmailContent } from '../emails/content';
import type { Language, Words } from '../lib/language';
import { useEditorSurroundings } from './editor-context';
import { InboxPreview } from './inbox-preview';
import { lengthOf, sampleLine } from './sample-line';
import { useWhenWords } from './when-field';
import { WordsField } from './words-field';

/** About what a phone's inbox shows of each before it cuts. */
const SEEN = { subject: 40, previewText: 80 } as const;

interface Lines {
  subject: Words;
  previewText: Words;
}

export interface SubjectFieldsProps {
  email: EmailContent;
  original: EmailContent | undefined;
  /** As most people read it. */
  usual: Words;
  onChange(email: EmailContent): void;
}

const USUAL = 'usual';

export function SubjectFields({ email, original, usual, onChange }: SubjectFieldsProps) {
  const { t } = useTranslation();
  const whenWords = useWhenWords();
  const { errors } = useEditorSurroundings();
  const variants = email.subjectVariants ?? [];
  const [chosen, setChosen] = useState(() => {
    const index = variants.findIndex(({ subject }) => subject === usual);
    return index < 0 ? USUAL : String(index);
  });
  const variant = variants[Number(chosen)];
  const wrong = (path: string) =>
    Object.keys(errors).some((one) => one.startsWith(`${path}subject.`) || one.startsWith(`${path}previewText.`));
  const named = (name: string, path: string) => (wrong(path) ? t('editor.subject.toReview', { name }) : name);
  const options = [
    { value: USUAL, label: named(t('editor.subject.usual'), '') },
    ...variants.map(({ when }, index) => ({
      value: String(index),
      label: named(when.map(whenWords).join(', '), `subjectVariants.${index}.`),
    })),
  ];
  const change = (changed: Partial<Lines>) => {
    if (!variant) return onChange({ ...email, ...changed });
    const next = variants.map((one) => (one === variant ? { ...one, ...changed } : one));
    onChange({ ...email, subjectVariants: next });
  };
  return (
    <BlockStack gap="300">
      {variants.length > 0 && (
        <Select label={t('editor.subject.for')} options={options} value={chosen} onChange={setChosen} />
      )}
      <LineFields
        key={chosen}
        path={variant ? `subjectVariants.${chosen}.` : ''}
        lines={variant ?? email}
        original={variant ? original?.subjectVariants?.[Number(chosen)] : original}
        onChange={change}
      />
    </BlockStack>
  );
}

interface LineFieldsProps {
  path: string;
  lines: Lines;
  original: Lines | undefined;
  onChange(changed: Partial<Lines>): void;
}

function LineFields({ path, lines, original, onChange }: LineFieldsProps) {
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
