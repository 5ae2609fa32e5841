/** The small button between two steps that adds one there. Used by the scenario's map. */
import { ActionList, Button, Popover } from '@shopify/polaris';
import { PlusIcon } from '@shopify/polaris-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Later } from './later';

export interface AddStepProps {
  /** What stands before the place, in words. */
  label: string;
  /** E-mails a new one may begin as a copy of; asked once the list is open. */
  copies(): readonly { key: string; number: number; subject: string }[];
  onWait(): void;
  onCheck(): void;
  /** Null: a plain one. */
  onEmail(copyOf: string | null): void;
}

/** Its place is there from the beginning, the button once it can be used. */
export function AddStep(props: AddStepProps) {
  return (
    <div className="step-add">
      <Later>
        <AddButton {...props} />
      </Later>
    </div>
  );
}

function AddButton(props: AddStepProps) {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <Popover
      active={open}
      onClose={close}
      autofocusTarget="first-node"
      activator={
        <Button
          icon={PlusIcon}
          variant="tertiary"
          size="slim"
          accessibilityLabel={props.label}
          ariaExpanded={open}
          onClick={() => setOpen(!open)}
        />
      }
    >
      <Choices {...props} onChosen={close} />
    </Popover>
  );
}

/** Drawn once the list is open: a map has a place after every step. */
function Choices({ copies, onWait, onCheck, onEmail, onChosen }: AddStepProps & { onChosen(): void }) {
  const { t } = useTranslation();
  const choice = (content: string, onAction: () => void, helpText?: string) => ({
    content,
    ...(helpText ? { helpText } : {}),
    onAction: () => {
      onChosen();
      onAction();
    },
  });
  return (
    <ActionList
      actionRole="menuitem"
      sections={[
        {
          items: [
            choice(t('steps.add.wait'), onWait, t('steps.add.waitHelp')),
            choice(t('steps.add.check'), onCheck, t('steps.add.checkHelp')),
          ],
        },
        {
          title: t('steps.add.email'),
          items: [
            choice(t('steps.add.plain'), () => onEmail(null), t('steps.add.plainHelp')),
            ...copies().map(({ key, number, subject }) =>
              choice(t('steps.add.copy', { number }), () => onEmail(key), subject),
            ),
          ],
        },
      ]}
    />
  );
}
