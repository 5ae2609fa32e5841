/** Shopify's save bar at the top of the admin, open while a form holds changes. Used by every form. */
import { SaveBar } from '@shopify/app-bridge-react';
import { useTranslation } from 'react-i18next';

export interface AppSaveBarProps {
  id: string;
  open: boolean;
  saving: boolean;
  onSave(): void;
  onDiscard(): void;
}

export function AppSaveBar({ id, open, saving, onSave, onDiscard }: AppSaveBarProps) {
  const { t } = useTranslation();
  return (
    <SaveBar id={id} open={open} discardConfirmation>
      <button type="button" variant="primary" onClick={onSave} {...(saving ? { loading: '' } : {})}>
        {t('common.save')}
      </button>
      <button type="button" onClick={onDiscard} disabled={saving}>
        {t('common.discard')}
      </button>
    </SaveBar>
  );
}
