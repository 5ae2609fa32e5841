/** Shares the previewed e-mail by a link that ends, and lists the links that are open. Used by the preview pane. */
import { BlockStack, Button, ChoiceList, Collapsible, Divider, InlineStack, Text, TextField } from '@shopify/polaris';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../lib/language';
import { useFormat } from './use-format';

export type ShareKind = 'as-shared' | 'as-now';

export interface SharedLink {
  id: string;
  url: string;
  /** The e-mail it shows, in words. */
  name: string;
  language: Language;
  asShared: boolean;
  createdAt: string;
  expiresAt: string;
}

export interface SharePreviewProps {
  open: boolean;
  onOpen(open: boolean): void;
  kind: ShareKind;
  onKind(kind: ShareKind): void;
  busy: boolean;
  onShare(): void;
  problem: 'too-many' | 'errors' | 'failed' | null;
  /** Null until they were read. */
  links: SharedLink[] | null;
  /** The one just made. */
  fresh: string | null;
  onCopy(link: SharedLink): void;
  onRevoke(link: SharedLink): void;
}

export function SharePreview(props: SharePreviewProps) {
  const { t } = useTranslation();
  const { open, problem, links } = props;
  const id = useId();
  return (
    <BlockStack gap="200">
      <InlineStack>
        <Button
          variant="plain"
          disclosure={open ? 'up' : 'down'}
          ariaExpanded={open}
          ariaControls={id}
          onClick={() => props.onOpen(!open)}
        >
          {t('preview.share.title')}
        </Button>
      </InlineStack>
      <Collapsible id={id} open={open} transition={false}>
        <BlockStack gap="300">
          <Text as="p" tone="subdued">
            {t('preview.share.text')}
          </Text>
          <ChoiceList
            title={t('preview.share.shows')}
            choices={[
              {
                value: 'as-shared',
                label: t('preview.share.kinds.as-shared'),
                helpText: t('preview.share.kindHelp.as-shared'),
              },
              { value: 'as-now', label: t('preview.share.kinds.as-now'), helpText: t('preview.share.kindHelp.as-now') },
            ]}
            selected={[props.kind]}
            onChange={([kind]) => props.onKind(kind === 'as-now' ? 'as-now' : 'as-shared')}
          />
          <InlineStack gap="200" blockAlign="center">
            <Button loading={props.busy} onClick={props.onShare}>
              {t('preview.share.make')}
            </Button>
          </InlineStack>
          {problem && (
            <Text as="p" tone="critical">
              {t(`preview.share.problems.${problem}`)}
            </Text>
          )}
          {links !== null && links.length > 0 && <Links {...props} links={links} />}
        </BlockStack>
      </Collapsible>
    </BlockStack>
  );
}

function Links({ links, ...props }: SharePreviewProps & { links: SharedLink[] }) {
  const { t } = useTranslation();
  return (
    <BlockStack gap="300">
      <Text as="h4" variant="headingSm">
        {t('preview.share.open', { count: links.length })}
      </Text>
      {links.map((link, index) => (
        <BlockStack gap="300" key={link.id}>
          {index > 0 && <Divider />}
          <OneLink link={link} {...props} />
        </BlockStack>
      ))}
    </BlockStack>
  );
}

function OneLink({ link, fresh, onCopy, onRevoke }: Omit<SharePreviewProps, 'links'> & { link: SharedLink }) {
  const { t } = useTranslation();
  const format = useFormat();
  const said = {
    language: t(`customers.customer.languages.${link.language}`),
    made: format.dayAndTime(link.createdAt),
    ends: format.dayAndTime(link.expiresAt),
  };
  return (
    <BlockStack gap="150">
      <Text as="p" fontWeight={fresh === link.id ? 'semibold' : 'regular'}>
        {link.name}, {said.language}
      </Text>
      <Text as="p" tone="subdued" variant="bodySm">
        {t(link.asShared ? 'preview.share.wasMade' : 'preview.share.follows', said)} {t('preview.share.until', said)}
      </Text>
      <TextField
        label={t('preview.share.address')}
        labelHidden
        readOnly
        selectTextOnFocus
        autoComplete="off"
        value={link.url}
        connectedRight={
          <InlineStack gap="100" wrap={false}>
            <Button accessibilityLabel={t('preview.share.copyOne', { name: link.name })} onClick={() => onCopy(link)}>
              {t('preview.share.copy')}
            </Button>
            <Button
              tone="critical"
              accessibilityLabel={t('preview.share.revokeOne', { name: link.name })}
              onClick={() => onRevoke(link)}
            >
              {t('preview.share.revoke')}
            </Button>
          </InlineStack>
        }
      />
    </BlockStack>
  );
}
