/** What the owner should know of the draft before they go on: it was kept, somebody saved meanwhile, or another window edits too. Used by the scenario page. */
import { Banner, BlockStack, Button, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from './use-format';

export interface DraftBannersProps {
  /** When the draft the page opened with was kept; null where it opened with what is live. */
  openedWith: { at: string; byYou: boolean } | null;
  /** Somebody saved since the draft was begun. */
  newer: { revision: number; at: string } | null;
  /** Another window's draft, begun or gone on with elsewhere. */
  other: { at: string } | null;
  /** The draft could not be kept on the server. */
  notKept: boolean;
  saving: boolean;
  onLookAtNewer(revision: number): void;
  onSaveOver(): void;
  onDiscard(): void;
  onTakeOther(): void;
  onKeepMine(): void;
}

export function DraftBanners(props: DraftBannersProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { openedWith, newer, other } = props;
  if (newer) {
    return (
      <Banner tone="warning" title={t('steps.newer.title', { date: format.dayAndTime(newer.at) })}>
        <BlockStack gap="200">
          <Text as="p">{t('steps.newer.text')}</Text>
          <InlineStack gap="200">
            <Button onClick={() => props.onLookAtNewer(newer.revision)}>{t('steps.newer.look')}</Button>
            <Button loading={props.saving} onClick={props.onSaveOver}>
              {t('steps.newer.saveOver')}
            </Button>
            <Button onClick={props.onDiscard}>{t('steps.newer.discard')}</Button>
          </InlineStack>
        </BlockStack>
      </Banner>
    );
  }
  if (other) {
    return (
      <Banner tone="warning" title={t('steps.other.title', { date: format.dayAndTime(other.at) })}>
        <BlockStack gap="200">
          <Text as="p">{t('steps.other.text')}</Text>
          <InlineStack gap="200">
            <Button onClick={props.onKeepMine}>{t('steps.other.mine')}</Button>
            <Button onClick={props.onTakeOther}>{t('steps.other.theirs')}</Button>
          </InlineStack>
        </BlockStack>
      </Banner>
    );
  }
  if (openedWith) {
    const title = openedWith.byYou ? 'steps.kept.title' : 'steps.kept.titleByOther';
    return (
      <Banner tone="info" title={t(title, { date: format.dayAndTime(openedWith.at) })}>
        <p>{t('steps.kept.text')}</p>
      </Banner>
    );
  }
  return props.notKept ? (
    <Banner tone="warning" title={t('steps.notKept.title')}>
      <p>{t('steps.notKept.text')}</p>
    </Banner>
  ) : null;
}
