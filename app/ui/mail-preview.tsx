/** An e-mail as its reader gets it: computer, phone, dark, or text alone. Used by the scenario page, beside the editor. */
import { BlockStack, Button, ButtonGroup, SkeletonBodyText, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showsBlock } from '../lib/block-marks';
import { asShown } from './as-shown';
import { type BlockPick, useBlockFrame } from './block-frame';

export interface ShownMail {
  subject: string;
  html: string;
  text: string;
  from: string;
  notes: (
    | 'sample-data'
    | 'sample-cart'
    | 'own-subject'
    | 'no-consent'
    | 'code-over'
    | 'sender-missing'
    | 'address-missing'
    | 'too-large'
  )[];
}

const VIEWS = ['desktop', 'phone', 'dark', 'text'] as const;
type View = (typeof VIEWS)[number];

export interface MailPreviewProps {
  /** Null while the first one is being made. */
  mail: ShownMail | null;
  busy: boolean;
  /** Why there is none now. */
  problem: 'errors' | 'notAvailable' | null;
  /** Lets the blocks be picked by a click. */
  pick?: BlockPick | undefined;
}

export function MailPreview({ mail, busy, problem, pick }: MailPreviewProps) {
  const { t } = useTranslation();
  const [view, setView] = useState<View>('desktop');
  return (
    <BlockStack gap="200">
      <fieldset className="view-tabs" aria-label={t('preview.view')}>
        <ButtonGroup variant="segmented">
          {VIEWS.map((one) => (
            <Button key={one} size="slim" pressed={view === one} onClick={() => setView(one)}>
              {t(`preview.views.${one}`)}
            </Button>
          ))}
        </ButtonGroup>
      </fieldset>
      {problem && (
        <Text as="p" tone={problem === 'errors' ? 'subdued' : 'critical'}>
          {t(`preview.${problem}`)}
        </Text>
      )}
      {mail && <Mail mail={mail} view={view} busy={busy} pick={pick} />}
      {!mail && !problem && <MailSkeleton />}
      {mail && pick?.selected && !busy && !problem && !showsBlock(mail.html, pick.selected) && <BlockNotShown />}
      {mail?.notes.map((note) => (
        <Text as="p" tone="subdued" variant="bodySm" key={note}>
          {t(`preview.notes.${note}`)}
        </Text>
      ))}
    </BlockStack>
  );
}

/** The preview before anything can be chosen in it. */
export function PreviewSkeleton() {
  return (
    <BlockStack gap="500">
      <SkeletonBodyText lines={2} />
      <SkeletonBodyText lines={3} />
      <MailSkeleton />
    </BlockStack>
  );
}

/** As high as the e-mail that comes, so that nothing below it moves. */
function MailSkeleton() {
  return (
    <div className="mail" aria-busy>
      <div className="mail-head">
        <SkeletonBodyText lines={2} />
      </div>
      <div className="mail-stage" />
    </div>
  );
}

/** A block that was just added is not there either until the preview has followed: it is said only if it stays so. */
const STAYS_MS = 1000;

function BlockNotShown() {
  const { t } = useTranslation();
  const [stays, setStays] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setStays(true), STAYS_MS);
    return () => clearTimeout(timer);
  }, []);
  return stays ? (
    <Text as="p" tone="caution" variant="bodySm">
      {t('preview.blockNotShown')}
    </Text>
  ) : null;
}

function Mail({ mail, view, busy, pick }: Pick<MailPreviewProps, 'busy' | 'pick'> & { mail: ShownMail; view: View }) {
  const { t } = useTranslation();
  const html = asShown(mail.html, { dark: view === 'dark' });
  const frame = useBlockFrame(html, view === 'text' ? undefined : pick);
  return (
    <div className="mail">
      <div className="mail-head">
        <Text as="p" tone="subdued" variant="bodySm">
          {mail.from}
        </Text>
        <Text as="p" variant="headingSm">
          {mail.subject}
        </Text>
      </div>
      <div className="mail-stage" data-view={view} data-busy={busy}>
        {view === 'text' ? (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
          <pre className="mail-text" tabIndex={0}>
            {mail.text}
          </pre>
        ) : (
          <iframe
            title={t('preview.frame', { subject: mail.subject })}
            // No scripts either way; with the same origin this page may look for the block that was clicked.
            sandbox={pick ? 'allow-same-origin' : ''}
            ref={frame}
            srcDoc={html}
          />
        )}
      </div>
    </div>
  );
}
