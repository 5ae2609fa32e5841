/** Sends the shown e-mail to the owner themselves. Used by the scenario page, under the preview. */
import { Button, TextField } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';

/** What the words know; any other refusal is said in general terms. */
const REFUSALS = [
  'not-an-email',
  'sender-missing',
  'address-missing',
  'provider-paused',
  'provider-unavailable',
  'refused-by-provider',
] as const;
type Refusal = (typeof REFUSALS)[number];

export interface TestSendProps {
  to: string;
  sending: boolean;
  /** The code the last test was refused with. */
  refusal: string | null;
  onTo(address: string): void;
  onSend(): void;
}

export function TestSend({ to, sending, refusal, onTo, onSend }: TestSendProps) {
  const { t } = useTranslation();
  const known = REFUSALS.find((one): one is Refusal => one === refusal) ?? 'other';
  return (
    <TextField
      label={t('preview.test.label')}
      type="email"
      autoComplete="email"
      value={to}
      onChange={onTo}
      {...(refusal ? { error: t(`preview.test.errors.${known}`) } : {})}
      connectedRight={
        <Button loading={sending} onClick={onSend}>
          {t('preview.test.send')}
        </Button>
      }
    />
  );
}
