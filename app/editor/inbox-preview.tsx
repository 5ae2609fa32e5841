/** The e-mail as one row of a phone's inbox, light or dark: what is cut here is cut there. Shown below the subject. */
import { Button, ButtonGroup, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface InboxPreviewProps {
  sender: string;
  subject: string;
  previewText: string;
}

const LOOKS = ['light', 'dark'] as const;

export function InboxPreview({ sender, subject, previewText }: InboxPreviewProps) {
  const { t } = useTranslation();
  const [look, setLook] = useState<(typeof LOOKS)[number]>('light');
  return (
    <section aria-label={t('editor.inbox.title')}>
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <Text as="h3" variant="bodyMd" fontWeight="medium">
          {t('editor.inbox.title')}
        </Text>
        <ButtonGroup variant="segmented">
          {LOOKS.map((one) => (
            <Button key={one} size="micro" pressed={look === one} onClick={() => setLook(one)}>
              {t(`editor.inbox.${one}`)}
            </Button>
          ))}
        </ButtonGroup>
      </InlineStack>
      <div className="inbox-row" data-look={look}>
        <span className="inbox-letter" aria-hidden>
          {Array.from(sender)[0]?.toLocaleUpperCase() ?? ''}
        </span>
        <div>
          <p className="inbox-sender">{sender}</p>
          <p className="inbox-subject">{subject}</p>
          <p className="inbox-preview">{previewText}</p>
        </div>
      </div>
    </section>
  );
}
