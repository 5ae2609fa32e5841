/** One e-mail of the scenario's map with its place in the draft. Used by the workbench. */
import { useTranslation } from 'react-i18next';
import type { EmailStep } from '../domain/scenario';
import { VARIABLES } from '../emails/variables';
import { type Language, languageFor } from '../lib/language';
import { EmailCard } from '../ui/email-card';
import { type EditorEmail, usualSubject, withText } from '../ui/email-texts';
import type { PlannedTime } from '../ui/planned-times';
import { same } from '../ui/scenario-draft';
import { plainSubject } from './plain-subject';

const variableNames = Object.keys(VARIABLES) as (keyof typeof VARIABLES)[];

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
  step: EmailStep;
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
  const { step, email, prebuilt, figures = NO_FIGURES, desk, hasCode, onDesk, onChange, ...card } = props;
  const { i18n } = useTranslation();
  const reading = languageFor(i18n.language);
  const own = step.email;
  return (
    <EmailCard
      {...card}
      email={email}
      figures={figures}
      subject={plainSubject(usualSubject(email, hasCode)[reading], props.shopName)}
      shown={desk.shown === own}
      editing={desk.editing === own}
      editLanguage={desk.language}
      variables={variableNames.map((name) => ({ name, meaning: VARIABLES[name].meaning[reading] }))}
      edited={!same(email, prebuilt)}
      onShow={() => onDesk({ ...desk, shown: own, block: null })}
      onEdit={(open) => onDesk({ ...desk, shown: own, editing: open ? own : null, block: null })}
      onEditLanguage={(language) => onDesk({ ...desk, language })}
      onText={(text) => onChange(withText(email, text))}
      onReset={() => onChange(prebuilt ?? email)}
    />
  );
}
