/** The e-mail editor: subject, then the list of blocks the e-mail is, in both languages. A chunk of its own, shown by the scenario's page beside the live preview. */
import { BlockStack, Button, ButtonGroup, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { EmailContent } from '../emails/content';
import { LANGUAGES, type Language, type Words } from '../lib/language';
import { BlockRows } from './block-rows';
import { EditorProvider, type EditorSurroundings } from './editor-context';
import { SubjectFields } from './subject-fields';
import './editor.css';

export interface EmailEditorProps extends EditorSurroundings {
  email: EmailContent;
  /** As Relance came with it. */
  original: EmailContent | undefined;
  /** Its subject as most people read it. */
  usualSubject: Words;
  /** It differs from what Relance came with. */
  edited: boolean;
  /** Id of the block that is open. */
  block: string | null;
  onBlock(block: string | null): void;
  onChange(email: EmailContent): void;
}

export default function EmailEditor(props: EmailEditorProps) {
  const { t } = useTranslation();
  const { email, original, edited, block, errors, reading, editing, shopName, uploadPicture, onLanguage } = props;
  return (
    <EditorProvider value={{ errors, reading, editing, shopName, uploadPicture, onLanguage }}>
      <div className="email-editor">
        <LanguageTabs {...props} />
        <BlockStack gap="400">
          <SubjectFields
            key={email.key}
            email={email}
            original={original}
            usual={props.usualSubject}
            onChange={props.onChange}
          />
          <BlockStack gap="200">
            <Text as="h3" variant="headingSm">
              {t('editor.blocks')}
            </Text>
            <BlockRows
              email={email}
              original={original}
              selected={block}
              onSelect={props.onBlock}
              onChange={props.onChange}
            />
          </BlockStack>
          {edited && original && (
            <InlineStack>
              <Button variant="plain" onClick={() => props.onChange(original)}>
                {t('editor.reset')}
              </Button>
            </InlineStack>
          )}
        </BlockStack>
      </div>
    </EditorProvider>
  );
}

/** Where both languages do not fit side by side. */
function LanguageTabs({ errors, editing, onLanguage }: EmailEditorProps) {
  const { t } = useTranslation();
  const names = { fr: t('editor.french'), en: t('editor.english') };
  const wrong = (language: Language) => Object.keys(errors).filter((path) => path.endsWith(`.${language}`)).length;
  return (
    <fieldset className="language-tabs" aria-label={t('editor.language')}>
      <ButtonGroup variant="segmented" fullWidth>
        {LANGUAGES.map((language) => (
          <Button key={language} pressed={language === editing} onClick={() => onLanguage(language)}>
            {wrong(language) > 0 ? `${names[language]} (${wrong(language)})` : names[language]}
          </Button>
        ))}
      </ButtonGroup>
    </fieldset>
  );
}
