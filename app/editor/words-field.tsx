/** One text in both languages, side by side where there is room; on a phone the chosen language alone. Used by the subject and by every block. */
import { BlockStack, Text, TextField } from '@shopify/polaris';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { VARIABLES, type VariableName } from '../emails/variables';
import { LANGUAGES, type Language, type Words } from '../lib/language';
import { useEditorSurroundings } from './editor-context';
import { type LanguageNote, languageNotes } from './language-notes';
import { RichField } from './rich-field';
import { VariableMenu } from './variable-menu';

export interface WordsFieldProps {
  label: string;
  /** Where it stands in the e-mail, as errors name it: `blocks.2.text`. */
  path: string;
  words: Words;
  /** As Relance came with it; absent for what the owner added. */
  original?: Words | undefined;
  /** Longer texts carry bold words and links. */
  long?: boolean;
  /** Said below a field, in place of nothing. */
  help?: (text: string, language: Language) => string;
  onChange(words: Words): void;
}

export function WordsField({ label, path, words, original, long = false, help, onChange }: WordsFieldProps) {
  const { t } = useTranslation();
  const { errors, editing, onLanguage } = useEditorSurroundings();
  const notes = languageNotes(words, original);
  const names = { fr: t('editor.french'), en: t('editor.english') };
  return (
    <fieldset className="words-field">
      <legend>
        <Text as="span" fontWeight="medium">
          {label}
        </Text>
      </legend>
      <div className="languages">
        {LANGUAGES.map((language) => {
          const common = {
            label: names[language],
            text: words[language],
            error: errors[`${path}.${language}`],
            onFocus: () => language !== editing && onLanguage(language),
            onChange: (text: string) => onChange({ ...words, [language]: text }),
          };
          return (
            <div key={language} data-chosen={language === editing}>
              <BlockStack gap="100">
                {long ? (
                  <RichField {...common} group={label} language={language} />
                ) : (
                  <LineField {...common} help={help?.(words[language], language)} />
                )}
                {!common.error && <Note note={notes[language]} />}
              </BlockStack>
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}

function Note({ note }: { note: LanguageNote | null }) {
  const { t } = useTranslation();
  if (note === null) return null;
  const said = note.kind === 'longer' ? t('editor.notes.longer', note) : t(`editor.notes.${note.kind}`);
  return (
    <Text as="p" tone="caution" variant="bodySm">
      {said}
    </Text>
  );
}

interface LineFieldProps {
  label: string;
  text: string;
  error: string | undefined;
  help: string | undefined;
  onFocus(): void;
  onChange(text: string): void;
}

/** As it is written into a line: words in brackets vanish with a value that is missing. */
function inLine(name: VariableName): string {
  return VARIABLES[name].mayBeMissing ? `[{${name}}]` : `{${name}}`;
}

function LineField({ label, text, error, help, onFocus, onChange }: LineFieldProps) {
  const id = useId();
  const insert = (name: VariableName) => {
    const field = document.getElementById(id);
    const at = field instanceof HTMLInputElement ? (field.selectionStart ?? text.length) : text.length;
    const piece = inLine(name);
    onChange(text.slice(0, at) + piece + text.slice(at));
    requestAnimationFrame(() => {
      if (!(field instanceof HTMLInputElement)) return;
      field.focus();
      field.setSelectionRange(at + piece.length, at + piece.length);
    });
  };
  return (
    <TextField
      id={id}
      label={label}
      autoComplete="off"
      spellCheck
      value={text}
      {...(error ? { error } : {})}
      {...(help ? { helpText: help } : {})}
      onFocus={onFocus}
      onChange={onChange}
      connectedRight={<VariableMenu onInsert={insert} />}
    />
  );
}
