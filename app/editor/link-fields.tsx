/** Where a link leads: a place of the store, or an address. Used by buttons and pictures, and within texts. */
import { BlockStack, Select, TextField } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { BlockLink } from '../emails/content';
import { LINK_PLACES } from '../emails/rich-words';

const ADDRESS = 'url' as const;
const NOWHERE = 'none' as const;

export interface LinkFieldsProps {
  /** Null leads nowhere. */
  link: BlockLink | null;
  error?: string | undefined;
  /** Whether it may lead nowhere. */
  optional?: boolean;
  onChange(link: BlockLink | null): void;
}

export function LinkFields({ link, error, optional = false, onChange }: LinkFieldsProps) {
  const { t } = useTranslation();
  const places: readonly (BlockLink['to'] | typeof NOWHERE)[] = [
    ...(optional ? [NOWHERE] : []),
    ...LINK_PLACES,
    ADDRESS,
  ];
  const choose = (to: string) => {
    if (to === NOWHERE) return onChange(null);
    if (to === ADDRESS) return onChange({ to: 'url', url: 'https://' });
    onChange({ to: LINK_PLACES.find((one) => one === to) ?? 'store' });
  };
  return (
    <BlockStack gap="200">
      <Select
        label={t('editor.link.leadsTo')}
        options={places.map((value) => ({ value, label: t(`editor.link.places.${value}`) }))}
        value={link?.to ?? NOWHERE}
        onChange={choose}
      />
      {link?.to === 'url' && (
        <TextField
          label={t('editor.link.address')}
          type="url"
          autoComplete="off"
          value={link.url}
          {...(error ? { error } : {})}
          onChange={(url) => onChange({ to: 'url', url })}
        />
      )}
    </BlockStack>
  );
}
