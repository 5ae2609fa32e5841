/** Shopify's save bar at the top of the admin, open while a form holds changes; no link leads away from them unasked. */
import { useBlocker } from '@remix-run/react';
import { SaveBar, useAppBridge } from '@shopify/app-bridge-react';
import { useEffect } from 'react';
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
  useLeaveConfirmation(open);
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

/** Links inside the app are ours to stop; App Bridge asks the question. */
function useLeaveConfirmation(open: boolean): void {
  const shopify = useAppBridge();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => open && currentLocation.pathname !== nextLocation.pathname,
  );
  const { state, proceed, reset } = blocker;
  useEffect(() => {
    if (state !== 'blocked') return;
    Promise.resolve(shopify.saveBar.leaveConfirmation?.()).then(proceed, reset);
  }, [state, proceed, reset, shopify]);
}
