/** One subject as a row that says for whom it is and opens its fields. Used by the e-mail's subjects. */
import { Badge, BlockStack, Button, Icon, InlineStack, Text } from '@shopify/polaris';
import { ArrowDownIcon, ArrowUpIcon, ChevronDownIcon, ChevronUpIcon, DeleteIcon } from '@shopify/polaris-icons';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { EmailContent, SubjectVariant } from '../emails/content';
import type { Words } from '../lib/language';
import { useEditorSurroundings } from './editor-context';
import { LineFields } from './line-fields';
import { sampleLine } from './sample-line';
import { originalSubject } from './subject-list';
import { useWhenWords, WhenField } from './when-field';

export interface SubjectRowProps {
  variant: SubjectVariant;
  index: number;
  isLast: boolean;
  original: EmailContent | undefined;
  open: boolean;
  onToggle(): void;
  onChange(changed: Partial<SubjectVariant>): void;
  onMove(by: -1 | 1): void;
  onRemove(): void;
}

export function SubjectRow(props: SubjectRowProps) {
  const { t } = useTranslation();
  const whenWords = useWhenWords();
  const { errors } = useEditorSurroundings();
  const { variant, index, original, open, onToggle, onChange } = props;
  const path = `subjectVariants.${index}.`;
  return (
    <Row
      id={String(index)}
      name={variant.when.map(whenWords).join(', ')}
      subject={variant.subject}
      wrong={Object.keys(errors).filter((one) => one.startsWith(path)).length}
      open={open}
      onToggle={onToggle}
    >
      <WhenField
        required
        label={t('editor.subject.used')}
        when={variant.when}
        error={errors[`${path}when`]}
        onChange={(when) => when && onChange({ when })}
      />
      <LineFields path={path} lines={variant} original={originalSubject(original, variant)} onChange={onChange} />
      <Actions {...props} />
    </Row>
  );
}

export interface UsualRowProps {
  subject: Words;
  open: boolean;
  onToggle(): void;
  children: React.ReactNode;
}

/** The last one, for whoever none above is for. */
export function UsualRow({ subject, open, onToggle, children }: UsualRowProps) {
  const { t } = useTranslation();
  const { errors } = useEditorSurroundings();
  const wrong = Object.keys(errors).filter((one) => /^(subject|previewText)\./.test(one)).length;
  return (
    <Row id="usual" name={t('editor.subject.usual')} {...{ subject, wrong, open, onToggle }}>
      {children}
    </Row>
  );
}

interface RowProps extends UsualRowProps {
  id: string;
  name: string;
  /** How many of its fields are refused. */
  wrong: number;
}

function Row({ id, name, subject, wrong, open, onToggle, children }: RowProps) {
  const { t } = useTranslation();
  const { reading, shopName } = useEditorSurroundings();
  const fields = useId();
  return (
    <li className="subject-row" data-block={id} data-open={open}>
      <button
        type="button"
        className="subject-head"
        data-part="head"
        aria-expanded={open}
        aria-controls={fields}
        onClick={onToggle}
      >
        <span className="subject-name">
          <Text as="span" fontWeight="medium">
            {name}
          </Text>
          <Text as="span" tone="subdued">
            {sampleLine(subject[reading], { language: reading, shopName })}
          </Text>
        </span>
        {wrong > 0 && (
          <Badge tone="critical" size="small">
            {t('editor.wrong', { count: wrong })}
          </Badge>
        )}
        <span aria-hidden>
          <Icon source={open ? ChevronUpIcon : ChevronDownIcon} tone="subdued" />
        </span>
      </button>
      {open && (
        <div className="subject-open" id={fields}>
          <BlockStack gap="300">{children}</BlockStack>
        </div>
      )}
    </li>
  );
}

function Actions({ index, isLast, onMove, onRemove }: SubjectRowProps) {
  const { t } = useTranslation();
  return (
    <InlineStack gap="100">
      <span data-part="up">
        <Button
          icon={ArrowUpIcon}
          size="slim"
          accessibilityLabel={t('editor.subject.up')}
          disabled={index === 0}
          onClick={() => onMove(-1)}
        />
      </span>
      <span data-part="down">
        <Button
          icon={ArrowDownIcon}
          size="slim"
          accessibilityLabel={t('editor.subject.down')}
          disabled={isLast}
          onClick={() => onMove(1)}
        />
      </span>
      <Button icon={DeleteIcon} size="slim" tone="critical" onClick={onRemove}>
        {t('editor.subject.remove')}
      </Button>
    </InlineStack>
  );
}
