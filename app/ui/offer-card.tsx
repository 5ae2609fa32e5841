/** The discount of a scenario: what it gives, on what, from which amount, for how long. Used by the scenario page. */
import { BlockStack, FormLayout, Select, Text, TextField } from '@shopify/polaris';
import { useContext, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES } from '../lib/language';
import { FoldedSection } from './folded-section';
import type { OfferInput, OfferKind } from './offer-draft';
import { OfferItemsField } from './offer-items-field';
import { ShopFormatContext } from './use-format';
import { withError } from './with-error';

export interface OfferCardProps {
  offer: OfferInput;
  /** In one line. */
  gives: string;
  /** By the field's path within the offer. */
  errors: Record<string, string>;
  /** Saving was refused: then everything that is wrong is marked, not only what was written in. */
  tried: boolean;
  onChange(change: Partial<OfferInput>): void;
  /** Opens Shopify's own picker. */
  onPickItems(on: 'products' | 'collections'): void;
}

const KINDS: readonly OfferKind[] = ['none', 'percentage', 'amount', 'free-shipping', 'fixed-code'];

export function OfferCard(card: OfferCardProps) {
  const { t } = useTranslation();
  const { offer } = card;
  const props = useTouched(card);
  const { onChange } = props;
  return (
    <FoldedSection
      name="offer"
      title={t('scenario.offer.title')}
      summary={props.gives}
      wrong={Object.keys(props.errors).length}
    >
      <BlockStack gap="300">
        <Select
          label={t('scenario.offer.kind')}
          options={KINDS.map((value) => ({ value, label: t(`scenario.offer.kinds.${value}`) }))}
          value={offer.kind}
          onChange={(kind) => onChange({ kind: kind as OfferKind })}
        />
        {offer.kind === 'fixed-code' && <OwnCode {...props} />}
        {(offer.kind === 'percentage' || offer.kind === 'amount' || offer.kind === 'free-shipping') && (
          <Made {...props} />
        )}
      </BlockStack>
    </FoldedSection>
  );
}

/** Nobody is told of a mistake in a field they have not come to yet. */
function useTouched({ errors, tried, onChange, ...card }: OfferCardProps): OfferCardProps {
  const [touched, setTouched] = useState<readonly string[]>([]);
  // A code that has ended since it was saved is told of at once: nothing else says why it is not shown.
  const isMarked = (path: string) => tried || path === 'endsOn' || touched.some((name) => path.startsWith(name));
  const shown = Object.entries(errors).filter(([path]) => isMarked(path));
  return {
    ...card,
    tried,
    errors: Object.fromEntries(shown),
    onChange: (change) => {
      setTouched((before) => [...new Set([...before, ...writtenIn(card.offer, change)])]);
      onChange(change);
    },
  };
}

/** The fields a change was written in; another kind, or other things to choose among, only bring empty ones. */
function writtenIn(offer: OfferInput, change: Partial<OfferInput>): string[] {
  const { kind: _kind, items, description, ...texts } = change;
  const languages = LANGUAGES.filter((one) => description && description[one] !== offer.description[one]);
  return [
    ...Object.keys(texts),
    ...languages.map((one) => `description.${one}`),
    ...(items && items.on === offer.items.on ? ['items'] : []),
  ];
}

/** What Relance makes in Shopify: a code for each person. */
function Made(props: OfferCardProps) {
  const { t } = useTranslation();
  const { currency } = useContext(ShopFormatContext);
  const { offer, errors } = props;
  const text = useTextField(props);
  return (
    <>
      <FormLayout>
        <FormLayout.Group condensed>
          {offer.kind === 'percentage' && (
            <TextField {...text('percent')} label={t('scenario.offer.percent')} suffix="%" inputMode="numeric" />
          )}
          {offer.kind === 'amount' && (
            <TextField {...text('amount')} label={t('scenario.offer.amount')} suffix={currency} inputMode="decimal" />
          )}
          <TextField
            {...text('validDays')}
            label={t('scenario.offer.validDays')}
            suffix={t('scenario.unit.d')}
            inputMode="numeric"
          />
        </FormLayout.Group>
        {offer.kind !== 'free-shipping' && (
          <OfferItemsField
            items={offer.items}
            error={errors['items.items'] ?? errors.items}
            onChange={(items) => props.onChange({ items })}
            onPick={props.onPickItems}
          />
        )}
        <TextField
          {...text('minimum')}
          label={t('scenario.offer.minimum')}
          placeholder={t('scenario.offer.noMinimum')}
          suffix={currency}
          inputMode="decimal"
        />
      </FormLayout>
      <Text as="p" tone="subdued">
        {t('scenario.offer.singleUse')}
      </Text>
    </>
  );
}

/** A code the owner made in Shopify: Relance only shows it. */
function OwnCode(props: OfferCardProps) {
  const { t } = useTranslation();
  const { offer, errors, onChange } = props;
  const text = useTextField(props);
  return (
    <>
      <FormLayout>
        <TextField {...text('code')} label={t('scenario.offer.code')} spellCheck={false} />
        {LANGUAGES.map((language) => (
          <TextField
            key={language}
            label={t(`scenario.offer.description.${language}`)}
            placeholder={t(`scenario.offer.descriptionExample.${language}`)}
            autoComplete="off"
            value={offer.description[language]}
            {...withError(errors[`description.${language}`])}
            onChange={(words) => onChange({ description: { ...offer.description, [language]: words } })}
          />
        ))}
        <TextField
          {...text('endsOn')}
          label={t('scenario.offer.endsOn')}
          type="date"
          helpText={t('scenario.offer.endsOnHelp')}
        />
      </FormLayout>
      <Text as="p" tone="subdued">
        {t('scenario.offer.sharedCode')}
      </Text>
    </>
  );
}

type TextName = 'percent' | 'amount' | 'minimum' | 'validDays' | 'code' | 'endsOn';

/** What every text field of the form has in common. */
function useTextField({ offer, errors, onChange }: OfferCardProps) {
  return (name: TextName) => ({
    autoComplete: 'off',
    value: offer[name],
    ...withError(errors[name]),
    onChange: (value: string) => onChange({ [name]: value }),
  });
}
