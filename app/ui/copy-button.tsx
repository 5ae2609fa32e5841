/** Copies a text to the clipboard and says so for a moment. Used by the DNS records. */
import { Button } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

const SHOWN_MS = 2500;

/** @param props.label what is copied, for those who do not see where the button stands */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      // A browser that forbids it leaves the text to be marked by hand: it stands beside the button.
    }
  };
  return (
    <>
      <Button size="slim" onClick={() => void copy()} accessibilityLabel={copied ? t('domain.records.copied') : label}>
        {copied ? t('domain.records.copied') : t('domain.records.copy')}
      </Button>
      <span role="status" className="only-heard">
        {copied ? t('domain.records.copied') : ''}
      </span>
    </>
  );
}
