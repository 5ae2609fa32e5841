/** One e-mail of the scenario's map with its place in the draft. Used by the workbench. */
import { SkeletonBodyText } from '@shopify/polaris';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { plainSubject } from '../editor/plain-subject';
import type { EmailContent } from '../emails/content';
import { type Language, languageFor } from '../lib/language';
import type { DraftEmail } from '../ui/draft-steps';
import { EmailCard } from '../ui/email-card';
import { type EditorEmail, usualSubject } from '../ui/email-texts';
import type { PlannedTime } from '../ui/planned-times';
import { same } from '../ui/scenario-draft';
import { uploadPicture } from './upload-picture';

/** With the visual editor it is as heavy as the rest of the page: it comes once an e-mail is opened. */
const EmailEditor = lazy(() => import('../editor/email-editor'));

const NO_FIGURES = { sent: 0, clicked: 0, withheld: 0 };

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
  number: number;
  email: EditorEmail;
  prebuilt: EditorEmail | undefined;
  planned: PlannedTime | null;
  code: string | null;
  /** Most people it goes to have a code. */
  hasCode: boolean;
  figures: typeof NO_FIGURES | undefined;
  errors: Record<string, string>;
  shopName: string;
  desk: Desk;
  onDesk(desk: Desk): void;
  onChange(email: EditorEmail): void;
}

export function ScenarioEmail(props: ScenarioEmailProps) {
  const { step, email, prebuilt, figures = NO_FIGURES, desk, hasCode, onDesk, onChange, errors, ...card } = props;
  const { i18n } = useTranslation();
  const reading = languageFor(i18n.language);
  const own = step.email;
  const usual = usualSubject(email, hasCode);
  return (
    <EmailCard
      {...card}
      email={email}
      figures={figures}
      subject={plainSubject(usual[reading], props.shopName)}
      problem={errors.blocks}
      shown={desk.shown === own}
      editing={desk.editing === own}
      onShow={() => onDesk({ ...desk, shown: own, block: null })}
      onEdit={(open) => onDesk({ ...desk, shown: own, editing: open ? own : null, block: null })}
      editor={
        <Suspense fallback={<SkeletonBodyText lines={8} />}>
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
