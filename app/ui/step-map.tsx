/** A scenario's steps as a tree in reading order, each with its numbers; a click selects one. Used by the scenario page and to look at earlier versions. */
import { BlockStack, Icon, InlineStack, Text } from '@shopify/polaris';
import {
  AlertTriangleIcon,
  ClockIcon,
  EmailIcon,
  ExitIcon,
  PersonIcon,
  QuestionCircleIcon,
} from '@shopify/polaris-icons';
import { useTranslation } from 'react-i18next';
import type { ScenarioDefinition } from '../domain/scenario';
import { useFirstScreen } from './below-the-fold';
import type { DraftCheck, DraftEmail, DraftStep, DraftWait } from './draft-steps';
import { EmailFigures, EmailWhen } from './email-figures';
import type { PlannedTime } from './planned-times';
import { delayMs } from './planned-times';
import type { Place } from './step-tree';
import { useDurationWords } from './use-duration-words';
import { useFormat } from './use-format';

/** What the map tells of an e-mail. */
export interface MappedEmail {
  /** From 1, in reading order. */
  number: number;
  /** As most people read it. */
  subject: string;
  /** Null when a delay before it is not a number now. */
  planned: PlannedTime | null;
  figures: { sent: number; clicked: number; withheld: number };
}

export interface StepMapProps {
  scenario: Pick<ScenarioDefinition, 'trigger' | 'exits'>;
  steps: readonly DraftStep[];
  /** Null where the step's e-mail is not there. */
  emailOf(step: DraftEmail): MappedEmail | null;
  /** What is wrong or odd at each step, in sentences. */
  problems?: Readonly<Record<string, string[]>>;
  /** How many people wait at each step now. */
  waiting?: Readonly<Record<string, number>>;
  selected?: string | null;
  onSelect?(step: string): void;
  /** What stands below the selected step, where the panel has no place beside the map. */
  below?: React.ReactNode;
  /** What adds a step to a place; absent where the map is only looked at. */
  renderAdd?(place: Place, after: DraftStep | null): React.ReactNode;
}

/** Below the title, what it does, and where it starts: steps of 70 to 150 pixels. */
const FIRST_SCREEN = 5;

export function StepMap(props: StepMapProps) {
  const { t } = useTranslation();
  const { scenario } = props;
  const steps = useFirstScreen(props.steps, FIRST_SCREEN);
  return (
    <ol className="step-map">
      <Mark icon={PersonIcon} add={props.renderAdd?.({ branch: null, index: 0 }, null)}>
        <Text as="p">
          <b>{t('scenario.starts')}</b> {t(`scenario.trigger.${scenario.trigger.on}`)}
        </Text>
      </Mark>
      <StepList {...props} steps={steps} branch={null} />
      {steps.length === props.steps.length && scenario.exits.length > 0 && (
        <Mark icon={ExitIcon}>
          <BlockStack>
            <Text as="p" fontWeight="bold">
              {t('scenario.stops')}
            </Text>
            {scenario.exits.map((exit) => (
              <Text as="p" key={exit}>
                {t(`scenario.exits.${exit}`)}
              </Text>
            ))}
          </BlockStack>
        </Mark>
      )}
    </ol>
  );
}

function Mark({ icon, add, children }: { icon: typeof ClockIcon; add?: React.ReactNode; children: React.ReactNode }) {
  return (
    <li className={add ? 'step addable' : 'step'}>
      <span className="step-mark" aria-hidden>
        <Icon source={icon} />
      </span>
      <div className="step-line">{children}</div>
      {add}
    </li>
  );
}

const ICONS = { wait: ClockIcon, check: QuestionCircleIcon, email: EmailIcon };

function StepList({ branch, ...props }: StepMapProps & { branch: string | null }) {
  return props.steps.map((step, index) => (
    <li key={step.id} className={`step step-${step.kind}${props.renderAdd ? ' addable' : ''}`}>
      <span className="step-mark" aria-hidden>
        <Icon source={ICONS[step.kind]} />
      </span>
      <StepNode step={step} {...props} />
      {props.selected === step.id && props.below}
      {step.kind === 'check' && <Branch check={step} {...props} />}
      {props.renderAdd?.({ branch, index: index + 1 }, step)}
    </li>
  ));
}

/** Where the button of a step is found, to give it the focus back. */
export const nodeId = (step: string) => `step-${step}`;

function StepNode({ step, ...props }: StepMapProps & { step: DraftStep }) {
  const { selected, onSelect, problems } = props;
  const content = (
    <>
      {step.kind === 'wait' && <Wait step={step} />}
      {step.kind === 'check' && <Check step={step} />}
      {step.kind === 'email' && <Email step={step} {...props} />}
      <Waiting people={props.waiting?.[step.id] ?? 0} />
      {problems?.[step.id]?.map((sentence) => (
        <span className="step-problem" key={sentence}>
          <Icon source={AlertTriangleIcon} tone="critical" />
          <Text as="span" tone="critical">
            {sentence}
          </Text>
        </span>
      ))}
    </>
  );
  if (!onSelect) return <div className="step-node">{content}</div>;
  return (
    <button
      type="button"
      id={nodeId(step.id)}
      className="step-node"
      aria-pressed={selected === step.id}
      onClick={() => onSelect(step.id)}
    >
      {content}
    </button>
  );
}

function Wait({ step }: { step: DraftWait }) {
  const { t } = useTranslation();
  const words = useDurationWords();
  const format = useFormat();
  const length = delayMs(step.delay);
  const duration = length === null ? '…' : words(length);
  return (
    <Text as="span">
      {step.before
        ? t('steps.waitUntil', { duration, time: format.timeOfDay(step.before.at) })
        : t('steps.waits', { duration })}
    </Text>
  );
}

function Check({ step }: { step: DraftCheck }) {
  const { t } = useTranslation();
  return (
    <Text as="span">
      <b>{t('scenario.check')}</b> {t(`scenario.conditions.${step.condition}`)}
    </Text>
  );
}

function Branch({ check, ...props }: StepMapProps & { check: DraftCheck }) {
  const { t } = useTranslation();
  const isEmpty = check.otherwise.length === 0;
  return (
    <div className="step-branch">
      <Text as="p" tone="subdued">
        {t(isEmpty ? 'scenario.checkElse' : 'scenario.otherwise')}
      </Text>
      {props.renderAdd?.({ branch: check.id, index: 0 }, null)}
      {!isEmpty && (
        <ol>
          <StepList {...props} steps={check.otherwise} branch={check.id} />
        </ol>
      )}
    </div>
  );
}

function Email({ step, emailOf }: StepMapProps & { step: DraftEmail }) {
  const { t } = useTranslation();
  const email = emailOf(step);
  if (!email) return null;
  return (
    <>
      <InlineStack gap="200" align="space-between">
        <Text as="span" variant="headingSm">
          {t('scenario.emailNumber', { number: email.number })}
        </Text>
        <EmailWhen planned={email.planned} />
      </InlineStack>
      <Text as="span">{email.subject}</Text>
      <EmailFigures {...email.figures} />
    </>
  );
}

function Waiting({ people }: { people: number }) {
  const { t } = useTranslation();
  if (people === 0) return null;
  return (
    <Text as="span" tone="subdued" variant="bodySm">
      {t('steps.waiting', { count: people })}
    </Text>
  );
}
