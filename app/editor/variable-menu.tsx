/** The menu from which a variable is put into a text by its name. Used by every field with words. */
import { ActionList, Button, Popover } from '@shopify/polaris';
import { PersonalizedTextIcon } from '@shopify/polaris-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { VARIABLES, type VariableName } from '../emails/variables';
import { useEditorSurroundings } from './editor-context';

export const VARIABLE_NAMES = Object.keys(VARIABLES) as VariableName[];

export function VariableMenu({ onInsert }: { onInsert(name: VariableName): void }) {
  const { t } = useTranslation();
  const { reading } = useEditorSurroundings();
  const [open, setOpen] = useState(false);
  const items = VARIABLE_NAMES.map((name) => ({
    content: VARIABLES[name].label[reading],
    helpText: VARIABLES[name].meaning[reading],
    onAction: () => {
      setOpen(false);
      onInsert(name);
    },
  }));
  return (
    <Popover
      active={open}
      onClose={() => setOpen(false)}
      autofocusTarget="first-node"
      activator={
        <Button
          icon={PersonalizedTextIcon}
          size="slim"
          accessibilityLabel={t('editor.insertVariable')}
          ariaExpanded={open}
          onClick={() => setOpen(!open)}
        />
      }
    >
      <ActionList actionRole="menuitem" items={items} />
    </Popover>
  );
}
