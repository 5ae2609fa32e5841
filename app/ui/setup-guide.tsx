/** The setup guide: a few steps, one open at a time and only by a click, away for good when the owner says so. Used by the overview. */
import {
  BlockStack,
  Box,
  Button,
  Card,
  Collapsible,
  Icon,
  InlineError,
  InlineStack,
  Link,
  ProgressBar,
  Text,
} from '@shopify/polaris';
import { CheckCircleIcon } from '@shopify/polaris-icons';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SETUP_STEPS, type Setup, type SetupStep } from '../domain/setup';
import { Later } from './later';

export interface SetupGuideProps {
  setup: Setup;
  sending: boolean;
  /** Why the last test did not go, in words. */
  testError: string | null;
  /** Another action of the page comes first. */
  quiet: boolean;
  busy: boolean;
  onTest(): void;
  onHide(): void;
}

export function SetupGuide(props: SetupGuideProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<SetupStep | null>(null);
  const id = useId();
  const { done } = props.setup;
  const count = SETUP_STEPS.filter((step) => done[step]).length;
  const all = count === SETUP_STEPS.length;
  return (
    <Card padding="0">
      <Box padding="400" paddingBlockEnd="200">
        <BlockStack gap="200">
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <Text as="h2" variant="headingMd" id={id}>
              {t('setup.title')}
            </Text>
            <Button variant="tertiary" disabled={props.busy} onClick={props.onHide}>
              {t('setup.hide')}
            </Button>
          </InlineStack>
          <Text as="p">{t(all ? 'setup.allDone' : 'setup.text')}</Text>
          <InlineStack gap="300" blockAlign="center" wrap={false}>
            <Text as="span" tone="subdued">
              <span className="setup-count">{t('setup.progress', { done: count, steps: SETUP_STEPS.length })}</span>
            </Text>
            <ProgressBar
              progress={(count / SETUP_STEPS.length) * 100}
              size="small"
              tone="primary"
              ariaLabelledBy={id}
            />
          </InlineStack>
        </BlockStack>
      </Box>
      <ul className="setup-steps">
        {SETUP_STEPS.map((step) => (
          <Step
            key={step}
            {...props}
            step={step}
            open={open === step}
            onToggle={() => setOpen(open === step ? null : step)}
          />
        ))}
      </ul>
    </Card>
  );
}

interface StepProps extends SetupGuideProps {
  step: SetupStep;
  open: boolean;
  onToggle(): void;
}

function Step(props: StepProps) {
  const { step, setup, open, onToggle } = props;
  const { t } = useTranslation();
  const id = useId();
  const isDone = setup.done[step];
  return (
    <li data-open={open}>
      <h3>
        <button type="button" aria-expanded={open} aria-controls={id} onClick={onToggle}>
          <span className="setup-mark" data-done={isDone}>
            {isDone && <Icon source={CheckCircleIcon} />}
          </span>
          <span>{t(`setup.steps.${step}.title`)}</span>
          <span className="setup-state">{t(isDone ? 'setup.done' : 'setup.open')}</span>
        </button>
      </h3>
      <Collapsible id={id} open={open} transition={false}>
        <div className="setup-body">
          <Later>
            <BlockStack gap="300" inlineAlign="start">
              <StepText step={step} setup={setup} />
              <StepAction {...props} />
            </BlockStack>
          </Later>
        </div>
      </Collapsible>
    </li>
  );
}

function StepText({ step, setup }: Pick<StepProps, 'step' | 'setup'>) {
  const { t } = useTranslation();
  const { senderName: name, senderEmail: email, replyTo, address } = setup;
  const sentence = () => {
    if (step === 'sender' && email !== null)
      return replyTo === null
        ? t('setup.steps.sender.noReplies', { name, email })
        : t('setup.steps.sender.known', { name, email, replyTo });
    if (step === 'address' && address !== null) return t('setup.steps.address.known', { address });
    if (step === 'domain' && setup.done.domain) return t('setup.steps.domain.known');
    return t(`setup.steps.${step}.text`);
  };
  return (
    <>
      <Text as="p">{sentence()}</Text>
      {step === 'scenarios' && (
        <Text as="p">
          {t('setup.refusals')} <Link url="/app/settings/refusals">{t('setup.refusalsLink')}</Link>
        </Text>
      )}
    </>
  );
}

const PLACES = {
  sender: '/app/settings#sender',
  address: '/app/settings#address',
  domain: '/app/settings/domain',
  scenarios: '/app/scenarios',
} as const;

function StepAction({ step, setup, sending, testError, quiet, onTest }: StepProps) {
  const { t } = useTranslation();
  const isDone = setup.done[step];
  const look = isDone || quiet ? {} : ({ variant: 'primary' } as const);
  if (step !== 'test') {
    return (
      <Button {...look} url={PLACES[step]}>
        {t(isDone ? `setup.steps.${step}.again` : `setup.steps.${step}.action`)}
      </Button>
    );
  }
  if (setup.owner === null) return <Button url="/app/scenarios/welcome">{t('setup.steps.test.choose')}</Button>;
  return (
    <BlockStack gap="200">
      <Button {...look} id="setup-test" loading={sending} onClick={onTest}>
        {t(isDone ? 'setup.steps.test.again' : 'setup.steps.test.action', { to: setup.owner })}
      </Button>
      {testError && <InlineError fieldID="setup-test" message={testError} />}
    </BlockStack>
  );
}
