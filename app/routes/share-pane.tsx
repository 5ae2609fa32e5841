/** Sharing the previewed e-mail, at work: makes, lists, copies and takes back links. Used by the preview pane. */
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScenarioKey } from '../domain/scenario';
import type { Language } from '../lib/language';
import type { DraftOverlay } from '../ui/scenario-draft';
import { type SharedLink, type ShareKind, SharePreview } from '../ui/share-preview';
import type { action, loader } from './app.scenarios.$key.share';
import { useFailureToast } from './tolerant-action';
import { useAsk } from './use-ask';

export interface SharePaneProps {
  scenario: ScenarioKey;
  email: string;
  language: Language;
  draft: DraftOverlay;
}

export function SharePane({ scenario, email, language, draft }: SharePaneProps) {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const [open, setOpen] = useState(false);
  const [kind, setKind] = useState<ShareKind>('as-shared');
  const door = `/app/scenarios/${scenario}/share`;
  const { ask: read, ...listed } = useAsk<typeof loader>();
  const sharing = useAsk<typeof action>();
  const { answer: done } = sharing;
  useFailureToast(sharing.failed);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was shared or taken back is in the list
  useEffect(() => {
    if (open) read(door);
  }, [open, read, door, done]);
  const nameOf = useEmailName();
  const links = listed.answer?.links;
  const copy = (link: SharedLink) =>
    navigator.clipboard.writeText(link.url).then(
      () => shopify.toast.show(t('preview.share.copied')),
      // Not allowed in every browser's frame: the address stands in the field, to be selected.
      () => shopify.toast.show(t('preview.share.notCopied'), { isError: true }),
    );
  return (
    <SharePreview
      open={open}
      onOpen={setOpen}
      kind={kind}
      onKind={setKind}
      busy={sharing.busy}
      onShare={() => sharing.ask(door, { intent: 'share', email, language, show: kind, draft })}
      problem={done && 'refused' in done ? (done.refused ?? null) : listed.failed ? 'failed' : null}
      links={links?.map((link) => ({ ...link, name: nameOf(link) })) ?? null}
      fresh={done && 'shared' in done ? (done.shared ?? null) : null}
      onCopy={(link) => void copy(link)}
      onRevoke={({ id }) => sharing.ask(door, { intent: 'revoke', id })}
    />
  );
}

function useEmailName(): (link: { scenario: ScenarioKey; number: number | null }) => string {
  const { t } = useTranslation();
  return ({ scenario, number }) => {
    const name = t(`scenarios.${scenario}.name`);
    return number === null ? name : `${name}, ${t('scenario.emailNumber', { number })}`;
  };
}
