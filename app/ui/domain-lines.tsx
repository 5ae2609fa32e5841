/** How a sender domain stands, one plain line each for SPF, DKIM, DMARC and links. Used by the page of the sender domain. */
import { Badge, BlockStack, Box, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { Dmarc } from '../domain/dmarc';

export interface DomainLinesProps {
  domain: string;
  spf: boolean;
  dkim: boolean;
  /** Null: not branded. */
  links: boolean | null;
  dmarc: Dmarc | null;
}

export function DomainLines({ domain, spf, dkim, links, dmarc }: DomainLinesProps) {
  const { t } = useTranslation();
  const state = (right: boolean) => (right ? 'ok' : 'missing');
  return (
    <BlockStack gap="300" as="ul">
      <Line state={state(spf)} text={t(`domain.line.spf.${state(spf)}`, { domain })} />
      <Line state={state(dkim)} text={t(`domain.line.dkim.${state(dkim)}`, { domain })} />
      <DmarcLine domain={domain} dmarc={dmarc} />
      {links !== null && (
        <Line state={links ? 'ok' : 'open'} text={t(`domain.line.links.${state(links)}`, { domain })} />
      )}
    </BlockStack>
  );
}

function DmarcLine({ domain, dmarc }: Pick<DomainLinesProps, 'domain' | 'dmarc'>) {
  const { t } = useTranslation();
  switch (dmarc?.state) {
    case 'found':
      return <Line state="ok" text={t(`domain.line.dmarc.${dmarc.policy}`, { at: dmarc.at })} />;
    case 'missing':
      return <Line state="open" text={t('domain.line.dmarc.missing', { domain })} />;
    case 'malformed':
      return <Line state="missing" text={t('domain.line.dmarc.malformed', { at: dmarc.at })} />;
    default:
      return <Line state="unknown" text={t('domain.line.dmarc.unknown')} />;
  }
}

const TONES = { ok: 'success', missing: 'attention' } as const;

function Line({ state, text }: { state: 'ok' | 'missing' | 'open' | 'unknown'; text: string }) {
  const { t } = useTranslation();
  const tone = state === 'ok' || state === 'missing' ? { tone: TONES[state] } : {};
  return (
    <li className="domain-line">
      <Box>
        <Badge {...tone}>{t(`domain.line.${state}`)}</Badge>
      </Box>
      <Text as="p">{text}</Text>
    </li>
  );
}
