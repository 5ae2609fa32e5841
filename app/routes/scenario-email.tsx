/** The e-mail of the selected step with its place in the draft. Used by the workbench. */
import { BlockStack, SkeletonBodyText, SkeletonDisplayText, Text } from '@shopify/polaris';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { plainSubject } from '../editor/plain-subject';
import type { EmailContent } from '../emails/content';
import { type Language, languageFor } from '../lib/language';
import type { DraftEmail } from '../ui/draft-steps';
import { EmailPart } from '../ui/email-part';
import { type EditorEmail, usualSubject } from '../ui/email-texts';
import { same } from '../ui/scenario-draft';
import { uploadPicture } from './upload-picture';

/** With the visual editor it is as heavy as the rest of the page: it comes once somebody is about to open an e-mail. */
const loadEditor = () => import('../editor/email-editor');
const EmailEditor = lazy(loadEditor);

/** Which e-mail is in the preview, and which is being written in which language. */
export interface Desk {
  shown: string;
  editing: string | null;
  language: Language;
  /** Id of the block that is open in the editor. */
  block: string | null;
}

export interface ScenarioEmailProps {
  step: Pick<DraftEmail, 'email'>;
  email: EditorEmail;
  prebuilt: EditorEmail | undefined;
  code: string | null;
  onOffer: (() => void) | null;
  /** Most people it goes to have a code. */
  hasCode: boolean;
  errors: Record<string, string>;
  shopName: string;
  desk: Desk;
  onDesk(desk: Desk): void;
  onChange(email: EditorEmail): void;
}

export function ScenarioEmail(props: ScenarioEmailProps) {
  const { step, email, prebuilt, desk, hasCode, onDesk, onChange, errors } = props;
  const { i18n } = useTranslation();
  const reading = languageFor(i18n.language);
  const own = step.email;
  const usual = usualSubject(email, hasCode);
  return (
    <EmailPart
      email={email}
      code={props.code}
      onOffer={props.onOffer}
      subject={plainSubject(usual[reading], props.shopName)}
      problem={errors.blocks}
      editing={desk.editing === own}
      onShow={() => onDesk({ ...desk, shown: own, block: null })}
      // Without an answer it is asked again by the editor itself.
      onReach={() => void loadEditor().catch(() => {})}
      onEdit={(open) => onDesk({ ...desk, shown: own, editing: open ? own : null, block: null })}
      editor={
        <Suspense fallback={<EditorSkeleton />}>
          <EmailEditor
            // The page's draft carries the content along as the loader gave it.
            email={email as EmailContent}
            original={prebuilt as EmailContent | undefined}
            usualSubject={usual}
            edited={!same(email, prebuilt)}
            errors={errors}
            reading={reading}
            editing={desk.language}
            shopName={props.shopName}
            block={desk.block}
            uploadPicture={uploadPicture}
            onBlock={(block) => onDesk({ ...desk, shown: own, editing: own, block })}
            onLanguage={(language) => onDesk({ ...desk, language })}
            onChange={onChange}
          />
        </Suspense>
      }
    />
  );
}

/** As high as a window, so that nothing in sight moves when the editor comes. */
function EditorSkeleton() {
  const { t } = useTranslation();
  return (
    <div className="editor-skeleton" aria-busy>
      <Text as="p" visuallyHidden>
        {t('editor.coming')}
      </Text>
      <BlockStack gap="400">
        {[3, 3, 6].map((lines, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they never change
          <BlockStack gap="200" key={place}>
            <SkeletonDisplayText size="small" />
            <SkeletonBodyText lines={lines} />
          </BlockStack>
        ))}
      </BlockStack>
    </div>
  );
}
