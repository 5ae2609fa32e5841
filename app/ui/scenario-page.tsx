/** One scenario: its steps first, the selected one in a panel beside them, the live preview always in sight, the rest below. Shown by the scenario route. */
import { Badge, BlockStack, Button, ButtonGroup, Card, InlineStack, Page, Text } from '@shopify/polaris';
import { RedoIcon, UndoIcon } from '@shopify/polaris-icons';
import { useTranslation } from 'react-i18next';
import type { HeldCount } from '../domain/release';
import type { ScenarioDefinition } from '../domain/scenario';
import { BelowTheFold } from './below-the-fold';
import { PREVIEW_ID } from './email-part';
import { PhoneMargin } from './phone-margin';
import { RampLine, type RampToday } from './ramp-line';
import type { ScenarioStatus } from './scenario-status';
import { AudienceSentence } from './scenarios-page';
import { StatusBadge } from './status-badge';
import { Switch } from './switch';
import { useHeld } from './use-held';
import { WithheldCard, type WithheldCardProps } from './withheld-card';

export interface ScenarioPageProps {
  definition: ScenarioDefinition;
  status: ScenarioStatus;
  on: boolean;
  audience: { reached: number; mayBeEmailed: number };
  /** The draft differs from what is live. */
  dirty: boolean;
  /** Anything differs from what Relance came with. */
  edited: boolean;
  /** The number of refused fields after a save, and nothing else. */
  refused: number;
  /** About the steps as a whole, in sentences. */
  problems: readonly string[];
  /** About the draft: kept, or in another's way. */
  banners: React.ReactNode;
  map: React.ReactNode;
  /** The selected step, where it has a place beside the map. */
  panel: React.ReactNode;
  /** An e-mail is being written: where there is little room, it takes the map's. */
  writing: boolean;
  /** Whom it concerns, what it gives, and those who were there before: folded below the steps, where it has any. */
  choices: React.ReactNode;
  versions: React.ReactNode;
  /** What the e-mails did in thirty days, in words. */
  results: string;
  /** Orders are among it: what counts as one is said. */
  hasOrders: boolean;
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
  /** Null where there is nothing to undo or redo. */
  onUndo: (() => void) | null;
  onRedo: (() => void) | null;
  onResetAll(): void;
}

export function ScenarioPage(props: ScenarioPageProps) {
  const { t } = useTranslation();
  const { definition, status, on, panel } = props;
  const name = t(`scenarios.${definition.key}.name`);
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
        <Summary {...props} />
        {props.banners}
        <DraftBar {...props} />
        <div className="workbench" data-panel={Boolean(panel)} data-writing={props.writing}>
          <div className="workbench-map">
            <Steps {...props} />
          </div>
          {panel && <div className="workbench-panel">{panel}</div>}
          <div className="workbench-more">
            <BelowTheFold>
              <BlockStack gap="400">
                <Card padding="0">
                  <div className="divided">
                    {props.checks}
                    {props.notice}
                    {props.choices}
                    <WithheldCard scenario={definition.key} withheld={props.withheld} />
                    {props.versions}
                  </div>
                </Card>
                {props.edited && (
                  <InlineStack>
                    <Button variant="plain" onClick={props.onResetAll}>
                      {t('scenario.editor.resetAll')}
                    </Button>
                  </InlineStack>
                )}
              </BlockStack>
            </BelowTheFold>
          </div>
          <div className="workbench-preview" id={PREVIEW_ID} data-undo="own">
            <BelowTheFold on="head">{props.preview}</BelowTheFold>
          </div>
        </div>
      </BlockStack>
    </Page>
  );
}

function Summary(props: ScenarioPageProps) {
  const { t } = useTranslation();
  const { definition, audience, on, refused } = props;
  const waiting = useHeld().waiting(props.held);
  return (
    <PhoneMargin>
      <Text as="p">
        <AudienceSentence scenario={definition.key} {...audience} />
      </Text>
      {props.results && (
        <Text as="p" tone="subdued">
          {props.results}.{props.hasOrders && ` ${t('scenarios.ordersMeaning')}`}
        </Text>
      )}
      {on ? (
        <RampLine ramp={props.ramp} />
      ) : (
        <Text as="p" fontWeight="medium">
          {t('scenario.off')}
        </Text>
      )}
      {waiting && (
        <Text as="p" fontWeight="medium">
          {waiting}
        </Text>
      )}
      <div role="alert">
        {refused > 0 && (
          <Text as="p" tone="critical">
            {t('scenario.errors.summary', { count: refused })}
          </Text>
        )}
      </div>
    </PhoneMargin>
  );
}

/** What holds for the whole draft, wherever in it the owner is. */
function DraftBar({ dirty, on, onUndo, onRedo }: ScenarioPageProps) {
  const { t } = useTranslation();
  const clean = on ? ({ tone: 'success', said: 'steps.live' } as const) : ({ said: 'steps.saved' } as const);
  const { said, ...badge } = dirty ? ({ tone: 'attention', said: 'steps.notLive' } as const) : clean;
  return (
    <PhoneMargin>
      <InlineStack gap="200" align="space-between" blockAlign="center">
        <Badge {...badge}>{t(said)}</Badge>
        <ButtonGroup gap="tight">
          <Button
            icon={UndoIcon}
            variant="tertiary"
            accessibilityLabel={t('steps.undo')}
            disabled={!onUndo}
            onClick={() => onUndo?.()}
          />
          <Button
            icon={RedoIcon}
            variant="tertiary"
            accessibilityLabel={t('steps.redo')}
            disabled={!onRedo}
            onClick={() => onRedo?.()}
          />
        </ButtonGroup>
      </InlineStack>
    </PhoneMargin>
  );
}

/** Where the focus goes when the selected step is gone. */
export const STEPS_ID = 'steps';

function Steps({ map, problems, results }: ScenarioPageProps) {
  const { t } = useTranslation();
  return (
    <Card>
      <BlockStack gap="400">
        <div id={STEPS_ID} tabIndex={-1}>
          <Text as="h2" variant="headingMd">
            {t('scenario.steps')}
          </Text>
        </div>
        {problems.map((sentence) => (
          <Text as="p" tone="critical" key={sentence}>
            {sentence}
          </Text>
        ))}
        {/* Where nothing is told of what it did yet, the steps are what the page says first. */}
        <div className={results ? 'steps-below-the-head' : undefined}>{map}</div>
      </BlockStack>
    </Card>
  );
}
