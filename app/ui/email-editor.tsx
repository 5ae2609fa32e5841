/** The texts of one e-mail in both languages, each with its error beside it. Used by the e-mail's card. */
import { BlockStack, Button, InlineStack, Tabs, Text, TextField } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { LANGUAGES, type Language } from '../lib/language';
import { type EditableText, type EditorEmail, editableTexts } from './email-texts';

export interface EmailEditorProps {
  email: EditorEmail;
  /** Which language's words are edited. */
  editLanguage: Language;
  /** By path and language: `blocks.2.text.fr`. */
  errors: Record<string, string>;
  /** What may stand in braces. */
  variables: { name: string; meaning: string }[];
  /** The words differ from those Relance came with. */
  edited: boolean;
  onEditLanguage(language: Language): void;
  onText(change: { path: string; language: Language; text: string }): void;
  onReset(): void;
}

export function EmailEditor(props: EmailEditorProps) {
  const { t } = useTranslation();
  const { email, editLanguage, errors, variables, edited, onReset } = props;
  const names = { fr: t('scenario.editor.french'), en: t('scenario.editor.english') };
  const wrong = (language: Language) => Object.keys(errors).filter((path) => path.endsWith(`.${language}`)).length;
  const tabs = LANGUAGES.map((language) => ({
    id: `${email.key}-${language}`,
    content: wrong(language) > 0 ? `${names[language]} (${wrong(language)})` : names[language],
  }));
  return (
    <Tabs
      tabs={tabs}
      selected={LANGUAGES.indexOf(editLanguage)}
      onSelect={(index) => props.onEditLanguage(LANGUAGES[index] ?? 'en')}
      fitted
    >
      <BlockStack gap="300">
        {editableTexts(email).map((text) => (
          <TextInput key={text.path} text={text} {...props} />
        ))}
        <Variables variables={variables} />
        {edited && (
          <InlineStack>
            <Button variant="plain" onClick={onReset}>
              {t('scenario.editor.reset')}
            </Button>
          </InlineStack>
        )}
      </BlockStack>
    </Tabs>
  );
}

function TextInput({ text, email, editLanguage, errors, onText }: EmailEditorProps & { text: EditableText }) {
  const { path, lines, words } = text;
  const { label, help } = useLabel(text, Boolean(email.subjectVariants?.length));
  const error = errors[`${path}.${editLanguage}`];
  return (
    <TextField
      label={label}
      helpText={help}
      autoComplete="off"
      spellCheck
      {...(lines ? { multiline: 3 } : {})}
      {...(error ? { error } : {})}
      value={words[editLanguage]}
      onChange={(value) => onText({ path, language: editLanguage, text: value })}
    />
  );
}

type WhenKey = Parameters<typeof whenKey>[0];
const whenKey = (fact: 'hasItems' | 'not:hasItems') => `scenario.editor.when.${fact}` as const;

/** @param hasVariants the subject and the preview text have others beside them, for some circumstances */
function useLabel(
  { label, number, when }: EditableText,
  hasVariants: boolean,
): { label: string; help: string | undefined } {
  const { t } = useTranslation();
  // Facts are named in `app/emails`; a test holds that each has its words.
  const circumstances = when.map((fact) => t(whenKey(fact as WhenKey))).join(', ');
  switch (label) {
    case 'subject':
    case 'previewText': {
      const help = hasVariants ? t('scenario.editor.elseHelp') : t(`scenario.editor.${label}Help`);
      return { label: t(`scenario.editor.${label}`), help };
    }
    case 'variantSubject':
    case 'variantPreviewText':
      return { label: t(`scenario.editor.${label}`, { when: circumstances }), help: undefined };
    default:
      return { label: t(`scenario.editor.block.${label}`, { number }), help: circumstances || undefined };
  }
}

function Variables({ variables }: Pick<EmailEditorProps, 'variables'>) {
  const { t } = useTranslation();
  return (
    <Text as="p" tone="subdued" variant="bodySm">
      {t('scenario.editor.variables')} {variables.map(({ name, meaning }) => `{${name}} ${meaning}`).join(' · ')}
    </Text>
  );
}
