/** The e-mail's blocks in order, each a row that opens its settings; the open one can be moved, doubled and removed. Used by the e-mail editor. */
import { Badge, BlockStack, Button, Icon, InlineStack, Text } from '@shopify/polaris';
import {
  ArrowDownIcon,
  ArrowUpIcon,
  ChevronDownIcon,
  ChevronUpIcon,
  DeleteIcon,
  DuplicateIcon,
} from '@shopify/polaris-icons';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Block, EmailContent } from '../emails/content';
import { AddBlock } from './add-block';
import {
  addBlock,
  changeBlock,
  duplicateBlock,
  type Edited,
  isPinned,
  mayMove,
  moveBlock,
  removeBlock,
} from './block-list';
import { BLOCK_ICONS, firstWords } from './block-look';
import { BlockSettings } from './block-settings';
import { useEditorSurroundings } from './editor-context';
import { type FocusWish, useKeptFocus, useRowInSight } from './use-kept-focus';

export interface BlockRowsProps {
  email: EmailContent;
  original: EmailContent | undefined;
  /** Id of the block that is open. */
  selected: string | null;
  onSelect(block: string | null): void;
  onChange(email: EmailContent): void;
}

export function BlockRows(props: BlockRowsProps) {
  const { t } = useTranslation();
  const { email, onSelect, onChange } = props;
  const list = useRef<HTMLOListElement>(null);
  const focus = useKeptFocus(list);
  useRowInSight(list, props.selected);
  const [said, setSaid] = useState('');
  const apply = (edited: Edited, wish: FocusWish, news: 'added' | 'moved' | 'duplicated' | 'removed') => {
    onChange(edited.email);
    onSelect(news === 'removed' ? null : edited.block);
    focus({ ...wish, block: edited.block });
    const place = edited.email.blocks.findIndex(({ id }) => id === edited.block) + 1;
    setSaid(t(`editor.said.${news}`, { place, all: edited.email.blocks.length }));
  };
  return (
    <BlockStack gap="200">
      <ol className="block-rows" ref={list}>
        {email.blocks.map((block, index) => (
          <BlockRow key={block.id} {...props} block={block} index={index} apply={apply} />
        ))}
      </ol>
      <InlineStack>
        <AddBlock
          email={email}
          below={false}
          onAdd={(type) => apply(addBlock(email, type, null), { part: 'head' }, 'added')}
        />
      </InlineStack>
      <div aria-live="polite" className="said">
        {said}
      </div>
    </BlockStack>
  );
}

interface BlockRowProps extends BlockRowsProps {
  block: Block;
  index: number;
  apply(edited: Edited, wish: FocusWish, news: 'added' | 'moved' | 'duplicated' | 'removed'): void;
}

function BlockRow(props: BlockRowProps) {
  const { block, index, email, original, selected, onSelect, onChange } = props;
  const open = selected === block.id;
  return (
    <li className="block-row" data-block={block.id} data-open={open}>
      <RowHead block={block} index={index} open={open} onToggle={() => onSelect(open ? null : block.id)} />
      {open && (
        <div className="block-open" id={`block-${block.id}`}>
          <BlockStack gap="300">
            <RowActions {...props} />
            <BlockSettings
              block={block}
              original={original?.blocks.find(({ id }) => id === block.id)}
              path={`blocks.${index}`}
              onChange={(changed) => onChange(changeBlock(email, changed))}
            />
          </BlockStack>
        </div>
      )}
    </li>
  );
}

function RowHead({ block, index, open, onToggle }: { block: Block; index: number; open: boolean; onToggle(): void }) {
  const { t } = useTranslation();
  const { errors, reading, shopName } = useEditorSurroundings();
  const wrong = Object.keys(errors).filter((path) => path.startsWith(`blocks.${index}.`)).length;
  const words = firstWords(block, { language: reading, shopName });
  return (
    <button
      type="button"
      className="block-head"
      data-part="head"
      aria-expanded={open}
      aria-controls={`block-${block.id}`}
      onClick={onToggle}
    >
      <span aria-hidden>
        <Icon source={BLOCK_ICONS[block.type]} tone="subdued" />
      </span>
      <span className="block-name">
        <Text as="span" fontWeight="medium">
          {t(`editor.kinds.${block.type}`)}
        </Text>
        {words && (
          <Text as="span" tone="subdued" truncate>
            {words}
          </Text>
        )}
      </span>
      {block.when && <Badge size="small">{t('editor.when.some')}</Badge>}
      {wrong > 0 && (
        <Badge tone="critical" size="small">
          {t('editor.wrong', { count: wrong })}
        </Badge>
      )}
      <span aria-hidden>
        <Icon source={open ? ChevronUpIcon : ChevronDownIcon} tone="subdued" />
      </span>
    </button>
  );
}

function RowActions({ block, email, apply }: BlockRowProps) {
  const { t } = useTranslation();
  const { id } = block;
  return (
    <InlineStack gap="100">
      {!isPinned(block) && (
        <>
          <span data-part="up">
            <Button
              icon={ArrowUpIcon}
              size="slim"
              accessibilityLabel={t('editor.moveUp')}
              disabled={!mayMove(email, id, -1)}
              onClick={() => apply(moveBlock(email, id, -1), { part: 'up' }, 'moved')}
            />
          </span>
          <span data-part="down">
            <Button
              icon={ArrowDownIcon}
              size="slim"
              accessibilityLabel={t('editor.moveDown')}
              disabled={!mayMove(email, id, 1)}
              onClick={() => apply(moveBlock(email, id, 1), { part: 'down' }, 'moved')}
            />
          </span>
          <Button
            icon={DuplicateIcon}
            size="slim"
            accessibilityLabel={t('editor.duplicate')}
            onClick={() => apply(duplicateBlock(email, id), { part: 'head' }, 'duplicated')}
          />
        </>
      )}
      {block.type !== 'footer' && (
        <>
          <AddBlock email={email} below onAdd={(type) => apply(addBlock(email, type, id), { part: 'head' }, 'added')} />
          <Button
            icon={DeleteIcon}
            size="slim"
            tone="critical"
            accessibilityLabel={t('editor.remove')}
            onClick={() => apply(removeBlock(email, id), { part: 'head' }, 'removed')}
          />
        </>
      )}
    </InlineStack>
  );
}
