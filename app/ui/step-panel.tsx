/** The selected step beside the map: its settings, what is wrong with it, and moving or removing it. Used by the scenario page. */
import { BlockStack, Button, ButtonGroup, Checkbox, InlineStack, Select, Text, TextField } from '@shopify/polaris';
import { ArrowDownIcon, ArrowUpIcon, DeleteIcon, XIcon } from '@shopify/polaris-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CONDITIONS, type Condition } from '../domain/scenario';
import type { DurationUnit } from '../lib/duration';
import type { DelayInput, DraftCheck, DraftEmail, DraftStep, DraftWait } from './draft-steps';
import { EmailWhen } from './email-figures';
import type { PlannedTime } from './planned-times';
import { useFormat } from './use-format';

export interface StepPanelProps {
  step: DraftStep;
  /** E-mail 2, or the kind of step. */
  title: string;
  /** When its e-mail goes out; null for another step, and after a delay that is none now. */
  planned: PlannedTime | null;
  /** Its e-mail is being written: nothing else of it is in the way. */
  writing: boolean;
  /** What is wrong or odd, in sentences. */
  problems: readonly string[];
  /** How many people wait at it now. */
  waiting: number;
  /** The scenario's e-mails may show a code. */
  mayShowCode: boolean;
  /** The e-mail itself; null for another step. */
  email: React.ReactNode;
  onChange(step: DraftStep): void;
  /** Null where there is no further. */
  onUp: (() => void) | null;
  onDown: (() => void) | null;
  onRemove(): void;
  onClose(): void;
}

/** Where the focus goes when a step was chosen by the keyboard. */
export const PANEL_ID = 'step-panel';

export function StepPanel(props: StepPanelProps) {
  const { t } = useTranslation();
  const { step, title, writing, problems, onChange } = props;
  return (
    <section className="step-panel" id={PANEL_ID} tabIndex={-1} aria-label={title}>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" wrap={false}>
          <InlineStack gap="200" blockAlign="center">
            <Text as="h2" variant="headingSm">
              {title}
            </Text>
            <EmailWhen planned={props.planned} />
          </InlineStack>
          {!writing && (
            <Button icon={XIcon} variant="tertiary" accessibilityLabel={t('steps.close')} onClick={props.onClose} />
          )}
        </InlineStack>
        {problems.map((sentence) => (
          <Text as="p" tone="critical" key={sentence}>
            {sentence}
          </Text>
        ))}
        {step.kind === 'wait' && <WaitFields {...props} step={step} onChange={onChange} />}
        {step.kind === 'check' && <CheckFields step={step} onChange={onChange} />}
        {props.email}
        {step.kind === 'email' && !writing && <EmailFields {...props} step={step} onChange={onChange} />}
        {!writing && <Tools key={step.id} {...props} />}
      </BlockStack>
    </section>
  );
}

const UNITS: readonly DurationUnit[] = ['min', 'h', 'd'];

interface DelayProps {
  label: string;
  unitLabel: string;
  delay: DelayInput;
  units?: readonly DurationUnit[];
  wrong: boolean;
  onChange(delay: DelayInput): void;
}

function Delay({ label, unitLabel, delay, units = UNITS, wrong, onChange }: DelayProps) {
  const { t } = useTranslation();
  return (
    <div className="step-delay">
      <TextField
        label={label}
        autoComplete="off"
        inputMode="numeric"
        value={delay.amount}
        error={wrong}
        onChange={(amount) => onChange({ ...delay, amount })}
      />
      <Select
        label={unitLabel}
        labelHidden
        options={units.map((unit) => ({ value: unit, label: t(`scenario.unit.${unit}`) }))}
        value={delay.unit}
        onChange={(unit) => onChange({ ...delay, unit: unit as DurationUnit })}
      />
    </div>
  );
}

/** The hour a wait that counts back from the end of a code is over. */
const NINE = 9 * 60;

function WaitFields({
  step,
  problems,
  mayShowCode,
  onChange,
}: Pick<StepPanelProps, 'problems' | 'mayShowCode'> & { step: DraftWait; onChange(step: DraftWait): void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { before, ...rest } = step;
  const kinds = [
    { value: 'after', label: t('steps.waitKinds.after') },
    { value: 'before', label: t('steps.waitKinds.before', { time: format.timeOfDay(before?.at ?? NINE) }) },
  ];
  return (
    <BlockStack gap="200">
      {mayShowCode && (
        <Select
          label={t('steps.waitKind')}
          options={kinds}
          value={before ? 'before' : 'after'}
          onChange={(kind) => onChange(kind === 'before' ? { ...rest, before: { event: 'code-end', at: NINE } } : rest)}
        />
      )}
      <Delay
        label={t('scenario.delayAmount')}
        unitLabel={t('scenario.delayUnit')}
        delay={step.delay}
        wrong={problems.length > 0}
        onChange={(delay) => onChange({ ...step, delay })}
      />
    </BlockStack>
  );
}

function CheckFields({ step, onChange }: { step: DraftCheck; onChange(step: DraftCheck): void }) {
  const { t } = useTranslation();
  return (
    <BlockStack gap="100">
      <Select
        label={t('scenario.check')}
        options={CONDITIONS.map((condition) => ({ value: condition, label: t(`scenario.conditions.${condition}`) }))}
        value={step.condition}
        onChange={(condition) => onChange({ ...step, condition: condition as Condition })}
      />
      <Text as="p" tone="subdued">
        {t(step.otherwise.length > 0 ? 'steps.checkBranch' : 'steps.checkEnds')}
      </Text>
    </BlockStack>
  );
}

const EXPIRY_UNITS: readonly DurationUnit[] = ['h', 'd'];

function EmailFields({
  step,
  mayShowCode,
  onChange,
}: Pick<StepPanelProps, 'mayShowCode'> & { step: DraftEmail; onChange(step: DraftEmail): void }) {
  const { t } = useTranslation();
  const { expires, code } = step;
  const isDay = expires === 'end-of-day';
  return (
    <BlockStack gap="300">
      <BlockStack gap="200">
        <Select
          label={t('steps.expiry')}
          helpText={t('steps.expiryHelp')}
          options={[
            { value: 'after', label: t('steps.expiryKinds.after') },
            { value: 'end-of-day', label: t('steps.expiryKinds.endOfDay') },
          ]}
          value={isDay ? 'end-of-day' : 'after'}
          onChange={(kind) => onChange({ ...step, expires: kind === 'end-of-day' ? kind : { amount: '1', unit: 'd' } })}
        />
        {!isDay && (
          <Delay
            label={t('steps.expiryAmount')}
            unitLabel={t('steps.expiryUnit')}
            units={expires.unit === 'min' ? UNITS : EXPIRY_UNITS}
            delay={expires}
            wrong={false}
            onChange={(changed) => onChange({ ...step, expires: changed })}
          />
        )}
      </BlockStack>
      {mayShowCode && (
        <Checkbox
          label={t('steps.showsCode')}
          helpText={t('steps.showsCodeHelp')}
          checked={code !== undefined}
          onChange={(shows) => onChange({ ...step, code: shows ? {} : undefined })}
        />
      )}
      {code && (
        <Checkbox
          label={t('steps.codeOnly')}
          checked={code.required ?? false}
          onChange={(required) => onChange({ ...step, code: { ...code, required: required || undefined } })}
        />
      )}
    </BlockStack>
  );
}

/** Asked once where people wait: what becomes of them is said before it is done. */
function Tools({ step, waiting, onUp, onDown, onRemove }: StepPanelProps) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  if (asking) {
    return (
      <BlockStack gap="200">
        <Text as="p">{t('steps.remove.waiting', { count: waiting })}</Text>
        <InlineStack gap="200">
          <Button tone="critical" onClick={onRemove}>
            {t('steps.remove.yes')}
          </Button>
          <Button onClick={() => setAsking(false)}>{t('steps.remove.no')}</Button>
        </InlineStack>
      </BlockStack>
    );
  }
  const hasBranch = step.kind === 'check' && step.otherwise.length > 0;
  return (
    <InlineStack gap="200" align="space-between">
      <ButtonGroup>
        <Button icon={ArrowUpIcon} disabled={!onUp} onClick={() => onUp?.()}>
          {t('steps.up')}
        </Button>
        <Button icon={ArrowDownIcon} disabled={!onDown} onClick={() => onDown?.()}>
          {t('steps.down')}
        </Button>
      </ButtonGroup>
      <Button
        icon={DeleteIcon}
        variant="tertiary"
        tone="critical"
        onClick={() => (waiting > 0 ? setAsking(true) : onRemove())}
      >
        {t(hasBranch ? 'steps.remove.withBranch' : 'steps.remove.action')}
      </Button>
    </InlineStack>
  );
}
