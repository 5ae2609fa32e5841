/** A scenario's steps as a tree in reading order: waits that can be changed, checks in words, e-mails. Used by the scenario page. */
import { BlockStack, Box, Icon, InlineStack, Select, Text, TextField } from '@shopify/polaris';
import { ClockIcon, EmailIcon, ExitIcon, PersonIcon, QuestionCircleIcon } from '@shopify/polaris-icons';
import { useTranslation } from 'react-i18next';
import {
  type CheckStep,
  CONDITIONS,
  type Condition,
  type EmailStep,
  type ScenarioDefinition,
  type Step,
  type WaitStep,
} from '../domain/scenario';
import type { DurationUnit } from '../lib/duration';
import type { DelayInput } from './scenario-draft';
import { useFormat } from './use-format';

export interface StepMapProps {
  definition: ScenarioDefinition;
  delays: Record<string, DelayInput>;
  /** By step id. */
  delayErrors: Record<string, string>;
  onDelay(step: string, delay: DelayInput): void;
  conditions: Record<string, Condition>;
  onCondition(step: string, condition: Condition): void;
  /** What stands in the place of an e-mail step. */
  renderEmail(step: EmailStep): React.ReactNode;
}

export function StepMap(props: StepMapProps) {
  const { t } = useTranslation();
  const { definition } = props;
  return (
    <ol className="step-map">
      <Mark icon={PersonIcon}>
        <Text as="p">
          <b>{t('scenario.starts')}</b> {t(`scenario.trigger.${definition.trigger.on}`)}
        </Text>
      </Mark>
      {definition.steps.map((step) => (
        <StepItem key={step.id} step={step} {...props} />
      ))}
      {definition.exits.length > 0 && (
        <Mark icon={ExitIcon}>
          <BlockStack>
            <Text as="p" fontWeight="bold">
              {t('scenario.stops')}
            </Text>
            {definition.exits.map((exit) => (
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

function Mark({ icon, kind, children }: { icon: typeof ClockIcon; kind?: string; children: React.ReactNode }) {
  return (
    <li className={kind ? `step step-${kind}` : 'step'}>
      <span className="step-mark" aria-hidden>
        <Icon source={icon} />
      </span>
      <div className="step-line">{children}</div>
    </li>
  );
}

function StepItem({ step, ...props }: StepMapProps & { step: Step }) {
  switch (step.kind) {
    case 'wait':
      return <WaitItem step={step} {...props} />;
    case 'check':
      return <CheckItem step={step} {...props} />;
    case 'email':
      return (
        <li className="step step-email">
          <span className="step-mark" aria-hidden>
            <Icon source={EmailIcon} />
          </span>
          {props.renderEmail(step)}
        </li>
      );
  }
}

const UNITS: readonly DurationUnit[] = ['min', 'h', 'd'];

function WaitItem({ step, delays, delayErrors, onDelay }: StepMapProps & { step: WaitStep }) {
  const { t } = useTranslation();
  const format = useFormat();
  const delay = delays[step.id] ?? { amount: '', unit: 'h' as const };
  const error = delayErrors[step.id];
  return (
    <Mark icon={ClockIcon}>
      <InlineStack gap="200" blockAlign="start">
        <Box paddingBlockStart="100">
          <Text as="span" fontWeight="bold">
            {t(step.before ? 'scenario.waitUntil' : 'scenario.wait')}
          </Text>
        </Box>
        <div className="step-delay">
          <TextField
            label={t('scenario.delayAmount')}
            labelHidden
            autoComplete="off"
            inputMode="numeric"
            value={delay.amount}
            error={Boolean(error)}
            onChange={(amount) => onDelay(step.id, { ...delay, amount })}
          />
          <Select
            label={t('scenario.delayUnit')}
            labelHidden
            options={UNITS.map((unit) => ({ value: unit, label: t(`scenario.unit.${unit}`) }))}
            value={delay.unit}
            onChange={(unit) => onDelay(step.id, { ...delay, unit: unit as DurationUnit })}
          />
        </div>
        {step.before && (
          <Box paddingBlockStart="100">
            <Text as="span">{t('scenario.beforeCodeEnd', { time: format.timeOfDay(step.before.at) })}</Text>
          </Box>
        )}
      </InlineStack>
      {error && (
        <Text as="p" tone="critical">
          {error}
        </Text>
      )}
    </Mark>
  );
}

function CheckItem({ step, ...props }: StepMapProps & { step: CheckStep }) {
  const { t } = useTranslation();
  return (
    <Mark icon={QuestionCircleIcon}>
      <div className="step-check">
        <Select
          label={<b>{t('scenario.check')}</b>}
          options={CONDITIONS.map((condition) => ({ value: condition, label: t(`scenario.conditions.${condition}`) }))}
          value={props.conditions[step.id] ?? step.condition}
          onChange={(condition) => props.onCondition(step.id, condition as Condition)}
        />
        {step.otherwise ? (
          <Text as="p" tone="subdued">
            {t('scenario.otherwise')}
          </Text>
        ) : (
          <Text as="p" tone="subdued">
            {t('scenario.checkElse')}
          </Text>
        )}
      </div>
      {step.otherwise && (
        <ol>
          {step.otherwise.map((inner) => (
            <StepItem key={inner.id} step={inner} {...props} />
          ))}
        </ol>
      )}
    </Mark>
  );
}
