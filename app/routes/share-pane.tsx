/** Sharing the previewed e-mail, at work: makes, lists, copies and takes back links. Used by the preview pane. */
import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScenarioKey } from '../domain/scenario';
import type { Language } from '../lib/language';
import type { DraftOverlay } from '../ui/scenario-draft';
import { type SharedLink, type ShareKind, SharePreview } from '../ui/share-preview';
import type { action, loader } from './app.scenarios.$key.share';
import { isFailed, useFailureToast } from './tolerant-action';

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
  const listed = useFetcher<typeof loader>();
  const { submit, data, state } = useFetcher<typeof action>();
  useFailureToast(data);
  const { load } = listed;
  useEffect(() => {
    if (open) load(door);
  }, [open, load, door]);
  const send = (body: object) =>
    submit(JSON.parse(JSON.stringify(body)), { method: 'post', encType: 'application/json', action: door });
  const nameOf = useEmailName();
  const links = listed.data && !isFailed(listed.data) ? listed.data.links : null;
  const done = data && !isFailed(data) ? data : null;
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
      busy={state !== 'idle'}
      onShare={() => send({ intent: 'share', email, language, show: kind, draft })}
      problem={done && 'refused' in done ? (done.refused ?? null) : isFailed(listed.data) ? 'failed' : null}
      links={links?.map((link) => ({ ...link, name: nameOf(link) })) ?? null}
      fresh={done && 'shared' in done ? (done.shared ?? null) : null}
      onCopy={(link) => void copy(link)}
      onRevoke={({ id }) => send({ intent: 'revoke', id })}
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
