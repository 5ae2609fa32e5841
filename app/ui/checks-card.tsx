/** What to put right before a scenario is switched on, what to know, and what is a matter of taste, each with the way to its place. Used by the scenario's page. */
import { Badge, BlockStack, Button, InlineStack, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { CheckFinding, CheckLevel, CheckPlace } from '../domain/check-finding';
import { FoldedSection } from './folded-section';
import { useReveal } from './section-wish';
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
  onLook(): void;
  onPlace(place: EmailPlace): void;
}

const LEVELS = ['mend', 'warning', 'hint'] as const satisfies readonly CheckLevel[];

export function ChecksCard(props: ChecksCardProps) {
  const { t } = useTranslation();
  const looked = useLookedWords();
  const { findings } = props;
  return (
    <FoldedSection
      name="checks"
      title={t('checks.title')}
      summary={looked(props)}
      badge={<Summary {...props} />}
      news={
        props.inTheWay && (
          <Text as="p" tone="critical">
            {t('checks.inTheWay')}
          </Text>
        )
      }
    >
      <BlockStack gap="400">
        {LEVELS.map((level) => (
          <Level key={level} level={level} findings={findings ?? []} onPlace={props.onPlace} />
        ))}
        <Text as="p" tone="subdued" variant="bodySm">
          {t('checks.what')}
        </Text>
        <Looked {...props} />
      </BlockStack>
    </FoldedSection>
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

type Look = Pick<ChecksCardProps, 'findings' | 'lookedAt' | 'looking'>;

/** When the web was looked at, in one line. */
function useLookedWords(): (look: Look) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ findings, lookedAt, looking }) => {
    if (looking) return t('checks.looking');
    if (findings === null) return '';
    return lookedAt === null ? t('checks.never') : t('checks.lookedAt', { at: format.dayAndTime(lookedAt) });
  };
}

function Looked(props: ChecksCardProps) {
  const { t } = useTranslation();
  const words = useLookedWords();
  return (
    <InlineStack gap="200" blockAlign="center">
      <Text as="span" tone="subdued">
        {words(props)}
      </Text>
      <Button size="slim" loading={props.looking} onClick={props.onLook}>
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
      <ul className="plain-list spaced">
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
  const reveal = useReveal();
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
    case 'offer':
      return (
        <InlineStack>
          <Button variant="plain" onClick={() => reveal('offer')}>
            {t('checks.places.offer')}
          </Button>
        </InlineStack>
      );
    default:
      return (
        <Text as="p" tone="subdued">
          {t(`checks.places.${where.in}`)}
        </Text>
      );
  }
}
