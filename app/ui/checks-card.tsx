/** What to put right before a scenario is switched on, what to know, and what is a matter of taste, each with the way to its place. Used by the scenario's page. */
import { Badge, BlockStack, Button, Card, Collapsible, InlineStack, Link, Text } from '@shopify/polaris';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { CheckFinding, CheckLevel, CheckPlace } from '../domain/check-finding';
import { useFindingWords } from './use-finding-words';
import { useFormat } from './use-format';

export type EmailPlace = Extract<CheckPlace, { in: 'email' }>;

export interface ChecksCardProps {
  /** Null until they were read. */
  findings: CheckFinding[] | null;
  lookedAt: string | null;
  looking: boolean;
  failed: boolean;
  /** The switch was tried, and these are in its way. */
  inTheWay: boolean;
  open: boolean;
  onOpen(open: boolean): void;
  onLook(): void;
  onPlace(place: EmailPlace): void;
}

const LEVELS = ['mend', 'warning', 'hint'] as const satisfies readonly CheckLevel[];

export function ChecksCard(props: ChecksCardProps) {
  const { t } = useTranslation();
  const { findings, inTheWay, open } = props;
  const [id, title] = [useId(), useId()];
  return (
    <Card>
      <section aria-labelledby={title}>
        <BlockStack gap="200">
          <BlockStack>
            <InlineStack align="space-between" blockAlign="center" gap="200">
              <Text as="h2" variant="headingMd" id={title}>
                {t('checks.title')}
              </Text>
              <Summary {...props} />
            </InlineStack>
            <div role="status">
              {inTheWay && (
                <Text as="p" tone="critical">
                  {t('checks.inTheWay')}
                </Text>
              )}
            </div>
          </BlockStack>
          <InlineStack>
            <Button
              variant="plain"
              disclosure={open ? 'up' : 'down'}
              ariaExpanded={open}
              ariaControls={id}
              disabled={findings === null}
              onClick={() => props.onOpen(!open)}
            >
              {t(open ? 'checks.hide' : 'checks.show')}
            </Button>
          </InlineStack>
          <Collapsible id={id} open={open} transition={false}>
            <BlockStack gap="400">
              {LEVELS.map((level) => (
                <Level key={level} level={level} findings={findings ?? []} onPlace={props.onPlace} />
              ))}
              <Text as="p" tone="subdued" variant="bodySm">
                {t('checks.what')}
              </Text>
              <Looked {...props} />
            </BlockStack>
          </Collapsible>
        </BlockStack>
      </section>
    </Card>
  );
}

function Summary({ findings, failed }: ChecksCardProps) {
  const { t } = useTranslation();
  if (failed) return <Badge tone="critical">{t('checks.failed')}</Badge>;
  if (findings === null) return <Badge>{t('checks.reading')}</Badge>;
  const count = (level: CheckLevel) => findings.filter((one) => one.level === level).length;
  const [mend, warning, hint] = [count('mend'), count('warning'), count('hint')];
  if (mend > 0) return <Badge tone="critical">{t('checks.counts.mend', { count: mend })}</Badge>;
  if (warning > 0) return <Badge tone="warning">{t('checks.counts.warning', { count: warning })}</Badge>;
  if (hint > 0) return <Badge tone="info">{t('checks.counts.hint', { count: hint })}</Badge>;
  return <Badge tone="success">{t('checks.counts.none')}</Badge>;
}

function Looked({ lookedAt, looking, onLook }: ChecksCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <InlineStack gap="200" blockAlign="center">
      <Text as="span" tone="subdued">
        {looking
          ? t('checks.looking')
          : lookedAt === null
            ? t('checks.never')
            : t('checks.lookedAt', { at: format.dayAndTime(lookedAt) })}
      </Text>
      <Button size="slim" loading={looking} onClick={onLook}>
        {t('checks.look')}
      </Button>
    </InlineStack>
  );
}

function Level({
  level,
  findings,
  onPlace,
}: { level: CheckLevel } & Pick<ChecksCardProps, 'onPlace'> & { findings: CheckFinding[] }) {
  const { t } = useTranslation();
  const words = useFindingWords();
  const some = findings.filter((one) => one.level === level);
  if (some.length === 0) return null;
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        {t(`checks.levels.${level}`)}
      </Text>
      <ul className="plain-list">
        {some.map((finding) => {
          const said = words(finding);
          return (
            <li key={`${said.place} ${said.sentence}`}>
              <BlockStack gap="050">
                <Text as="p" breakWord>
                  {said.sentence}
                </Text>
                <Where finding={finding} place={said.place} onPlace={onPlace} />
              </BlockStack>
            </li>
          );
        })}
      </ul>
    </BlockStack>
  );
}

/** Sections of the settings, and of the scenario's own page. */
const ELSEWHERE = {
  sender: '/app/settings#sender',
  address: '/app/settings#address',
  brand: '/app/settings/brand',
} as const;

function Where({
  finding,
  place,
  onPlace,
}: {
  finding: CheckFinding;
  place: string;
  onPlace(place: EmailPlace): void;
}) {
  const { t } = useTranslation();
  const where = finding.place;
  switch (where.in) {
    case 'email':
      return (
        <InlineStack>
          <Button variant="plain" onClick={() => onPlace(where)}>
            {place}
          </Button>
        </InlineStack>
      );
    case 'sender':
    case 'address':
    case 'brand':
      return <Link url={ELSEWHERE[where.in]}>{t(`checks.places.${where.in}`)}</Link>;
    default:
      return (
        <Text as="p" tone="subdued">
          {t(`checks.places.${where.in}`)}
        </Text>
      );
  }
}
