/**
 * Keeps a page standing when what it sent could not be done (no network, a server error): without this Remix would show
 * its error page in the page's place, and edits that are not saved yet would be gone. Exported as `clientAction`.
 */
import type { ClientActionFunctionArgs } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

export interface Failed {
  failed: true;
}

export async function tolerantAction({ serverAction }: ClientActionFunctionArgs): Promise<unknown> {
  try {
    return await serverAction();
  } catch (error) {
    // Redirects are answers, not failures.
    if (error instanceof Response) throw error;
    return { failed: true } satisfies Failed;
  }
}

export function isFailed(data: unknown): data is Failed {
  return typeof data === 'object' && data !== null && 'failed' in data;
}

/** Says in a toast that nothing was done. */
export function useFailureToast(data: unknown): void {
  const shopify = useAppBridge();
  const { t } = useTranslation();
  useEffect(() => {
    if (isFailed(data)) shopify.toast.show(t('common.unknownError'), { isError: true });
  }, [data, shopify, t]);
}
