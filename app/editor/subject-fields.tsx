/** An e-mail's subjects: the usual one, and others for some people, each in a row that opens. The first part of the e-mail editor. */
import { BlockStack, Button, InlineStack, Text } from '@shopify/polaris';
import { PlusIcon } from '@shopify/polaris-icons';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { EmailContent } from '../emails/content';
import type { Words } from '../lib/language';
import { LineFields } from './line-fields';
import { changeSubject, mayAddSubject, subjectsOf } from './subject-list';
import { SubjectRow, UsualRow } from './subject-rows';
import { USUAL, useSubjectEdits } from './use-subject-edits';

export interface SubjectFieldsProps {
  email: EmailContent;
  original: EmailContent | undefined;
  /** As most people read it. */
  usual: Words;
  onChange(email: EmailContent): void;
}

export function SubjectFields(props: SubjectFieldsProps) {
  const { email, original, onChange } = props;
  const edits = useSubjectEdits(props);
  const isOnly = subjectsOf(email).length === 0;
  const usual = (
    <LineFields path="" lines={email} original={original} onChange={(changed) => onChange({ ...email, ...changed })} />
  );
  return (
    <div ref={edits.list}>
      <BlockStack gap="300">
        {isOnly ? usual : <Rows {...props} edits={edits} usualFields={usual} />}
        {edits.takeBack && <TakeBack onUndo={edits.takeBack} />}
        {mayAddSubject(email) && <Add isFirst={isOnly} onAdd={edits.add} />}
        <div aria-live="polite" className="said">
          {edits.said}
        </div>
      </BlockStack>
    </div>
  );
}

interface RowsProps extends SubjectFieldsProps {
  edits: ReturnType<typeof useSubjectEdits>;
  usualFields: React.ReactNode;
}

function Rows({ email, original, edits, usualFields, onChange }: RowsProps) {
  const { t } = useTranslation();
  const variants = subjectsOf(email);
  return (
    <>
      <BlockStack gap="050">
        <Text as="h3" variant="headingSm">
          {t('editor.subject.title')}
        </Text>
        <Text as="p" tone="subdued">
          {t('editor.subject.first')}
        </Text>
      </BlockStack>
      <ol className="subject-rows">
        {variants.map((variant, index) => (
          <SubjectRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a subject is its place
            key={index}
            {...{ variant, index, original }}
            isLast={index === variants.length - 1}
            open={edits.open === index}
            onToggle={() => edits.toggle(index)}
            onChange={(changed) => onChange(changeSubject(email, index, changed))}
            onMove={(by) => edits.move(index, by)}
            onRemove={() => edits.remove(index)}
          />
        ))}
        <UsualRow subject={email.subject} open={edits.open === USUAL} onToggle={() => edits.toggle(USUAL)}>
          {usualFields}
        </UsualRow>
      </ol>
    </>
  );
}

function Add({ isFirst, onAdd }: { isFirst: boolean; onAdd(): void }) {
  const { t } = useTranslation();
  return (
    <BlockStack gap="100" inlineAlign="start">
      <Button icon={PlusIcon} onClick={onAdd}>
        {t('editor.subject.add')}
      </Button>
      {isFirst && (
        <Text as="p" tone="subdued">
          {t('editor.subject.addHelp')}
        </Text>
      )}
    </BlockStack>
  );
}

/** Right where the subject was. */
function TakeBack({ onUndo }: { onUndo(): void }) {
  const { t } = useTranslation();
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => line.current?.querySelector('button')?.focus(), []);
  return (
    <div ref={line} role="status">
      <InlineStack gap="200" blockAlign="center">
        <Text as="span">{t('editor.subject.removed')}</Text>
        <Button variant="plain" onClick={onUndo}>
          {t('common.undo')}
        </Button>
      </InlineStack>
    </div>
  );
}
