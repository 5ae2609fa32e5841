/** Sends the shown e-mail to the owner themselves. Used by the scenario page, under the preview. */
import { Button, TextField } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from './use-format';

/** What the words know; any other refusal is said in general terms. */
const REFUSALS = [
  'not-an-email',
  'sender-missing',
  'address-missing',
  'provider-paused',
  'provider-unavailable',
  'refused-by-provider',
  'too-many-tests',
] as const;
type Refusal = (typeof REFUSALS)[number];

export interface TestSendProps {
  to: string;
  sending: boolean;
  /** The code the last test was refused with. */
  refusal: string | null;
  /** With `too-many-tests`: how many an hour, and from when on the next may go. */
  limit: { most: number; againAt: string } | null;
  onTo(address: string): void;
  onSend(): void;
}

/** Why a test did not go, in words; null when nothing refused it. */
export function useTestRefusal(refusal: string | null, limit: TestSendProps['limit']): string | null {
  const { t } = useTranslation();
  const format = useFormat();
  if (!refusal) return null;
  const known = REFUSALS.find((one): one is Refusal => one === refusal) ?? 'other';
  const numbers = limit ? { most: limit.most, time: format.time(limit.againAt) } : {};
  return t(`preview.test.errors.${known}`, numbers);
}

export function TestSend({ to, sending, refusal, limit, onTo, onSend }: TestSendProps) {
  const { t } = useTranslation();
  const error = useTestRefusal(refusal, limit);
  return (
    <TextField
      label={t('preview.test.label')}
      type="email"
      autoComplete="email"
      value={to}
      onChange={onTo}
      {...(error ? { error } : {})}
      connectedRight={
        <Button loading={sending} onClick={onSend}>
          {t('preview.test.send')}
        </Button>
      }
    />
  );
}
