/** Earlier versions of a scenario: when, by whom, what changed; each to look at and to come back to. Used by the scenario page. */
import { BlockStack, Button, InlineStack, SkeletonBodyText, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { ScenarioChange } from '../domain/scenario-change';
import { FoldedSection } from './folded-section';
import { useFormat } from './use-format';

export interface ListedVersion {
  revision: number;
  at: string;
  /** Null where nobody knows who saved it. */
  byYou: boolean | null;
  changes: ScenarioChange[];
  isLive: boolean;
}

export interface VersionsCardProps {
  /** Null while they are being read. */
  versions: readonly ListedVersion[] | null;
  onOpen(): void;
  onLook(revision: number): void;
  onRestore(revision: number): void;
}

export function VersionsCard({ versions, onOpen, ...props }: VersionsCardProps) {
  const { t } = useTranslation();
  return (
    <FoldedSection
      name="versions"
      title={t('steps.versions.title')}
      summary={t('steps.versions.summary')}
      onOpen={onOpen}
    >
      {versions === null ? (
        <SkeletonBodyText lines={3} />
      ) : versions.length === 0 ? (
        <Text as="p">{t('steps.versions.none')}</Text>
      ) : (
        <ol className="plain-list">
          {versions.map((version) => (
            <li key={version.revision} className="version">
              <Version version={version} {...props} />
            </li>
          ))}
        </ol>
      )}
    </FoldedSection>
  );
}

function Version({
  version,
  onLook,
  onRestore,
}: Pick<VersionsCardProps, 'onLook' | 'onRestore'> & { version: ListedVersion }) {
  const { t } = useTranslation();
  const format = useFormat();
  const changes = useChangeWords();
  const { revision, byYou, isLive } = version;
  const date = format.dayAndTime(version.at);
  const who = byYou === null ? '' : t(byYou ? 'steps.versions.byYou' : 'steps.versions.byOther');
  return (
    <InlineStack gap="300" align="space-between" blockAlign="center">
      <BlockStack gap="050">
        <Text as="p" fontWeight="medium">
          {[date, who, isLive ? t('steps.versions.live') : ''].filter(Boolean).join(' · ')}
        </Text>
        <Text as="p" tone="subdued">
          {changes(version.changes)}
        </Text>
      </BlockStack>
      {!isLive && (
        <InlineStack gap="200">
          <Button accessibilityLabel={t('steps.versions.lookAt', { date })} onClick={() => onLook(revision)}>
            {t('steps.versions.look')}
          </Button>
          <Button accessibilityLabel={t('steps.versions.restoreOf', { date })} onClick={() => onRestore(revision)}>
            {t('steps.versions.restore')}
          </Button>
        </InlineStack>
      )}
    </InlineStack>
  );
}

function useChangeWords(): (changes: readonly ScenarioChange[]) => string {
  const { t, i18n } = useTranslation();
  const list = new Intl.ListFormat(i18n.language, { type: 'unit' });
  const say = (change: ScenarioChange) => {
    switch (change.what) {
      case 'emails': {
        const numbers = list.format(change.numbers.map(String));
        return t('steps.changes.emails', { count: change.numbers.length, numbers });
      }
      case 'steps-moved':
      case 'offer':
      case 'audience':
        return t(`steps.changes.${change.what}`);
      default:
        return t(`steps.changes.${change.what}`, { count: change.count });
    }
  };
  return (changes) => (changes.length === 0 ? t('steps.changes.none') : changes.map(say).join(' · '));
}
