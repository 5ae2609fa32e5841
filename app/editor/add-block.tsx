/** The button that adds a block, with its menu: every kind with a line on what it is for. Used by the editor's list. */
import { ActionList, Button, Popover } from '@shopify/polaris';
import { PlusIcon } from '@shopify/polaris-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EmailContent } from '../emails/content';
import { ADDABLE, type AddableType } from './block-kinds';
import { mayAdd } from './block-list';
import { BLOCK_ICONS } from './block-look';

export interface AddBlockProps {
  email: EmailContent;
  /** Below the block that is open, or at the end. */
  below: boolean;
  onAdd(type: AddableType): void;
}

export function AddBlock({ email, below, onAdd }: AddBlockProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const items = ADDABLE.filter((type) => mayAdd(email, type)).map((type) => ({
    icon: BLOCK_ICONS[type],
    content: t(`editor.kinds.${type}`),
    helpText: t(`editor.kindHelp.${type}`),
    onAction: () => {
      setOpen(false);
      onAdd(type);
    },
  }));
  const label = t(below ? 'editor.addBelow' : 'editor.add');
  const activator = below ? (
    <Button icon={PlusIcon} size="slim" accessibilityLabel={label} ariaExpanded={open} onClick={() => setOpen(!open)} />
  ) : (
    <Button icon={PlusIcon} disclosure={open ? 'up' : 'down'} ariaExpanded={open} onClick={() => setOpen(!open)}>
      {label}
    </Button>
  );
  if (items.length === 0) return null;
  return (
    <Popover active={open} activator={activator} autofocusTarget="first-node" onClose={() => setOpen(false)}>
      <Popover.Pane maxHeight="320px">
        <ActionList actionRole="menuitem" items={items} />
      </Popover.Pane>
    </Popover>
  );
}
