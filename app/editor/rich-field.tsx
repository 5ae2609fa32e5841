/** A longer text edited as it will look: bold words, links, variables as chips. Loaded with the editor alone. Used by the blocks' settings. */
import { InlineError, Text } from '@shopify/polaris';
import { type Editor, EditorContent, useEditor } from '@tiptap/react';
import { useEffect, useId, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { VARIABLES } from '../emails/variables';
import type { Language } from '../lib/language';
import { useEditorSurroundings } from './editor-context';
import { documentOf, textOf } from './rich-document';
import { richExtensions } from './rich-extensions';
import { RichToolbar } from './rich-toolbar';

export interface RichFieldProps {
  label: string;
  /** Read out before the label: which text of the block it is. */
  group: string;
  language: Language;
  text: string;
  error: string | undefined;
  onFocus(): void;
  onChange(text: string): void;
}

export function RichField({ label, group, language, text, error, onFocus, onChange }: RichFieldProps) {
  const id = useId();
  const editor = useRichEditor({ id, language, text, onFocus, onChange, label: `${group}, ${label}` });
  useEffect(() => {
    const field = editor?.view.dom;
    if (!field) return;
    field.setAttribute('aria-invalid', String(error !== undefined));
    if (error) field.setAttribute('aria-describedby', `${id}-error`);
    else field.removeAttribute('aria-describedby');
  }, [editor, error, id]);
  return (
    <div className="rich-field">
      <Text as="span" variant="bodyMd">
        {label}
      </Text>
      <div className="rich-frame" data-wrong={error !== undefined}>
        {editor && <RichToolbar editor={editor} />}
        <EditorContent editor={editor} />
      </div>
      {error && <InlineError fieldID={id} message={error} />}
    </div>
  );
}

type RichEditorOptions = Pick<RichFieldProps, 'label' | 'language' | 'text' | 'onFocus' | 'onChange'> & { id: string };

/** The visual editor, in step with the draft: what it told is not read back into it, what comes from elsewhere is. */
function useRichEditor({ id, label, language, text, onFocus, onChange }: RichEditorOptions): Editor | null {
  const { t } = useTranslation();
  const { reading } = useEditorSurroundings();
  const told = useRef(text);
  const tell = useRef({ onFocus, onChange });
  tell.current = { onFocus, onChange };
  const optional = t('editor.rich.optionalMeaning');
  const extensions = useMemo(
    () => richExtensions({ nameOf: (name) => VARIABLES[name].label[reading], optional }),
    [reading, optional],
  );
  const editor = useEditor({
    immediatelyRender: false,
    extensions,
    content: documentOf(text),
    editorProps: {
      attributes: {
        id,
        class: 'rich-text',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': label,
        lang: language,
        spellcheck: 'true',
      },
    },
    onUpdate: ({ editor: now }) => {
      told.current = textOf(now.getJSON());
      tell.current.onChange(told.current);
    },
    onFocus: () => tell.current.onFocus(),
  });
  useEffect(() => {
    if (!editor || text === told.current) return;
    told.current = text;
    editor.commands.setContent(documentOf(text), { emitUpdate: false });
  }, [editor, text]);
  return editor;
}
