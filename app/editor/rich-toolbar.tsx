/** The buttons above a longer text, and below them the settings of the variable that is selected. Used by the rich field. */
import { Button, InlineStack, Popover, Text, TextField } from '@shopify/polaris';
import { LinkIcon, TextBoldIcon } from '@shopify/polaris-icons';
import { NodeSelection, TextSelection } from '@tiptap/pm/state';
import { type Editor, useEditorState } from '@tiptap/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BlockLink } from '../emails/content';
import { isLinkPlace } from '../emails/rich-words';
import { isVariable, VARIABLES, type VariableName } from '../emails/variables';
import { useEditorSurroundings } from './editor-context';
import { LinkFields } from './link-fields';
import { cleanFallback } from './rich-document';
import { linkTarget } from './rich-extensions';
import { VariableMenu } from './variable-menu';

/** What the buttons show of where the cursor is. */
function look(editor: Editor) {
  const { selection } = editor.state;
  const chip = selection instanceof NodeSelection && selection.node.type.name === 'variable' ? selection : null;
  const name: unknown = chip?.node.attrs.name;
  const hasWords = !selection.empty && selection instanceof TextSelection;
  return {
    bold: editor.isActive('bold'),
    link: editor.isActive('link') ? String(editor.getAttributes('link').target) : null,
    optional: editor.isActive('optional'),
    hasWords,
    hasVariable: hasWords && holdsVariable(editor, selection.from, selection.to),
    chip:
      chip && typeof name === 'string' && isVariable(name)
        ? { at: chip.from, name, fallback: String(chip.node.attrs.fallback ?? '') }
        : null,
  };
}

function holdsVariable(editor: Editor, from: number, to: number): boolean {
  let found = false;
  editor.state.doc.nodesBetween(from, to, (node) => {
    found ||= node.type.name === 'variable';
  });
  return found;
}

/** A number no optional part of the text has. */
function freePart(editor: Editor): number {
  let highest = -1;
  editor.state.doc.descendants((node) => {
    for (const mark of node.marks) if (mark.type.name === 'optional') highest = Math.max(highest, mark.attrs.part);
  });
  return highest + 1;
}

/** A value that can be missing leaves nothing behind until its owner writes what else to say. */
function insertVariable(editor: Editor, name: VariableName): void {
  const marks = VARIABLES[name].mayBeMissing ? [{ type: 'optional', attrs: { part: freePart(editor) } }] : [];
  editor.chain().focus().insertContent({ type: 'variable', attrs: { name }, marks }).run();
}

export function RichToolbar({ editor }: { editor: Editor }) {
  const { t } = useTranslation();
  const now = useEditorState({ editor, selector: ({ editor: current }) => look(current) });
  const toggleOptional = () => {
    const chain = editor.chain().focus();
    if (now.optional) chain.extendMarkRange('optional').unsetMark('optional').run();
    else chain.setMark('optional', { part: freePart(editor) }).run();
  };
  return (
    <>
      <div className="rich-toolbar" role="toolbar" aria-label={t('editor.rich.toolbar')}>
        <Button
          icon={TextBoldIcon}
          size="slim"
          pressed={now.bold}
          accessibilityLabel={t('editor.rich.bold')}
          onClick={() => editor.chain().focus().toggleBold().run()}
        />
        <LinkButton editor={editor} target={now.link} hasWords={now.hasWords} />
        <VariableMenu onInsert={(name) => insertVariable(editor, name)} />
        {(now.optional || now.hasVariable) && (
          <Button size="slim" pressed={now.optional} onClick={toggleOptional}>
            {t('editor.rich.optional')}
          </Button>
        )}
      </div>
      {now.chip && <ChipSettings editor={editor} {...now.chip} />}
    </>
  );
}

function ChipSettings({
  editor,
  at,
  name,
  fallback,
}: {
  editor: Editor;
  at: number;
  name: VariableName;
  fallback: string;
}) {
  const { t } = useTranslation();
  const { reading } = useEditorSurroundings();
  const { label, mayBeMissing } = VARIABLES[name];
  const change = (typed: string) => {
    const { tr } = editor.state;
    const node = tr.doc.nodeAt(at);
    if (!node) return;
    tr.setNodeMarkup(at, undefined, { ...node.attrs, fallback: cleanFallback(typed) }, node.marks);
    editor.view.dispatch(tr.setSelection(NodeSelection.create(tr.doc, at)));
  };
  return (
    <div className="chip-settings">
      {mayBeMissing ? (
        <TextField
          label={t('editor.rich.fallback', { variable: label[reading] })}
          helpText={t('editor.rich.fallbackHelp')}
          autoComplete="off"
          value={fallback}
          onChange={change}
        />
      ) : (
        <Text as="p" tone="subdued">
          {t('editor.rich.neverMissing', { variable: label[reading] })}
        </Text>
      )}
    </div>
  );
}

function LinkButton({ editor, target, hasWords }: { editor: Editor; target: string | null; hasWords: boolean }) {
  const { t } = useTranslation();
  const [link, setLink] = useState<BlockLink | null>(null);
  const [wrong, setWrong] = useState(false);
  const open = () => {
    setWrong(false);
    if (target === null || isLinkPlace(target)) setLink({ to: target ?? 'store' });
    else setLink({ to: 'url', url: target });
  };
  const close = () => setLink(null);
  const apply = () => {
    const chosen = link && linkTarget(link.to === 'url' ? link.url : link.to);
    if (!chosen) return setWrong(true);
    const chain = editor.chain().focus();
    (target === null ? chain : chain.extendMarkRange('link')).setMark('link', { target: chosen }).run();
    close();
  };
  const remove = () => {
    editor.chain().focus().extendMarkRange('link').unsetMark('link').run();
    close();
  };
  return (
    <Popover
      active={link !== null}
      onClose={close}
      sectioned
      activator={
        <Button
          icon={LinkIcon}
          size="slim"
          pressed={target !== null}
          disabled={!hasWords && target === null}
          accessibilityLabel={t('editor.rich.link')}
          onClick={link ? close : open}
        />
      }
    >
      <div className="link-form">
        <LinkFields
          link={link}
          error={wrong ? t('editor.link.notAnAddress') : undefined}
          onChange={(next) => setLink(next ?? { to: 'store' })}
        />
        <InlineStack gap="200">
          <Button onClick={apply}>{t('editor.link.apply')}</Button>
          {target !== null && (
            <Button variant="plain" onClick={remove}>
              {t('editor.link.remove')}
            </Button>
          )}
        </InlineStack>
      </div>
    </Popover>
  );
}
