/** One scenario: its steps and texts on the left, the live preview on the right. Shown by the scenario route. */
import { BlockStack, Button, Card, Collapsible, InlineStack, Page, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HeldCount } from '../domain/release';
import { type EmailStep, emailSteps, type ScenarioDefinition } from '../domain/scenario';
import { durationMs } from '../lib/duration';
import { PREVIEW_ID } from './email-card';
import { PhoneMargin } from './phone-margin';
import { RampLine, type RampToday } from './ramp-line';
import type { ScenarioStatus } from './scenario-status';
import { AudienceSentence } from './scenarios-page';
import { StatusBadge } from './status-badge';
import { StepMap, type StepMapProps } from './step-map';
import { Switch } from './switch';
import { useDurationWords } from './use-duration-words';
import { useHeld } from './use-held';
import { WithheldCard, type WithheldCardProps } from './withheld-card';

export interface ScenarioPageProps extends StepMapProps {
  status: ScenarioStatus;
  on: boolean;
  audience: { reached: number; mayBeEmailed: number };
  /** Anything differs from what Relance came with. */
  edited: boolean;
  /** The number of refused fields after a save, and nothing else. */
  refused: number;
  /** Whom it concerns, what it gives, and those who were there before: the cards above the steps, where it has any. */
  choices: React.ReactNode;
  /** What the e-mails did in thirty days, in words. */
  results: string;
  /** What waits for the owner to switch it on or to end the pause. */
  held: HeldCount;
  /** Why e-mails of it were withheld in thirty days. */
  withheld: WithheldCardProps['withheld'];
  /** How the shop's new sender domain stands; null where nothing limits it. */
  ramp: RampToday | null;
  preview: React.ReactNode;
  /** What to put right before it is switched on. */
  checks: React.ReactNode;
  /** What the owner should read before they switch it on; null where there is nothing. */
  notice: React.ReactNode;
  onSwitch(on: boolean): void;
  onResetAll(): void;
}

export function ScenarioPage(props: ScenarioPageProps) {
  const { t } = useTranslation();
  const { definition, status, on, audience, preview, refused, edited } = props;
  const name = t(`scenarios.${definition.key}.name`);
  const waiting = useHeld().waiting(props.held);
  return (
    <Page
      fullWidth
      title={name}
      titleMetadata={<StatusBadge status={status} />}
      subtitle={t(`scenarios.${definition.key}.sentence`)}
      backAction={{ content: t('scenario.back'), url: '/app/scenarios' }}
      primaryAction={
        <Switch
          label={t(on ? 'scenarios.switchOff' : 'scenarios.switchOn', { name })}
          on={on}
          onToggle={props.onSwitch}
        />
      }
    >
      <BlockStack gap="300">
        <PhoneMargin>
          <Text as="p">
            <AudienceSentence scenario={definition.key} {...audience} />
          </Text>
          {props.results && (
            <Text as="p" tone="subdued">
              {props.results}. {t('scenarios.ordersMeaning')}
            </Text>
          )}
          {on && <RampLine ramp={props.ramp} />}
          {waiting && (
            <Text as="p" fontWeight="medium">
              {waiting}
            </Text>
          )}
          {refused > 0 && (
            <Text as="p" tone="critical">
              {t('scenario.errors.summary', { count: refused })}
            </Text>
          )}
        </PhoneMargin>
        <div className="workbench">
          <BlockStack gap="400">
            {props.checks}
            {props.notice}
            {props.choices}
            <Card>
              <BlockStack gap="400">
                <Text as="h2" variant="headingMd">
                  {t('scenario.steps')}
                </Text>
                <StepMap {...props} />
              </BlockStack>
            </Card>
            <WithheldCard scenario={definition.key} withheld={props.withheld} />
            <Expiries definition={definition} />
            {edited && (
              <InlineStack>
                <Button variant="plain" onClick={props.onResetAll}>
                  {t('scenario.editor.resetAll')}
                </Button>
              </InlineStack>
            )}
          </BlockStack>
          <div className="workbench-preview" id={PREVIEW_ID}>
            {preview}
          </div>
        </div>
      </BlockStack>
    </Page>
  );
}

/** Rarely wanted, so folded away: how late each e-mail may still go out. */
function Expiries({ definition }: { definition: ScenarioDefinition }) {
  const { t } = useTranslation();
  const words = useDurationWords();
  const [open, setOpen] = useState(false);
  return (
    <Card>
      <BlockStack gap="200">
        <InlineStack>
          <Button
            variant="plain"
            disclosure={open ? 'up' : 'down'}
            ariaExpanded={open}
            ariaControls="expiries"
            onClick={() => setOpen(!open)}
          >
            {t('scenario.advanced.title')}
          </Button>
        </InlineStack>
        <Collapsible id="expiries" open={open}>
          {emailSteps(definition).map(({ id, expiresAfter }: EmailStep, index) => (
            <Text as="p" key={id}>
              {expiresAfter === 'end-of-day'
                ? t('scenario.advanced.endOfDay', { number: index + 1 })
                : t('scenario.advanced.expiry', { number: index + 1, duration: words(durationMs(expiresAfter)) })}
            </Text>
          ))}
        </Collapsible>
      </BlockStack>
    </Card>
  );
}
