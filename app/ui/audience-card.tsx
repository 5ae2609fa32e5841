/** Whom a scanned scenario concerns: the rule of win-back or VIP, or where birth dates come from. Used by the scenario page. */
import { BlockStack, Link, RadioButton, Text, TextField } from '@shopify/polaris';
import { useContext, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { FoldedSection } from './folded-section';
import type { AudienceInput, LapseInput, VipInput } from './offer-draft';
import { isLapseInput } from './offer-draft';
import { ShopFormatContext, useFormat } from './use-format';
import { withError } from './with-error';

/** What the shop's history says of how long people let pass, doubled: days, too short to say, or not counted yet. */
export type UsualGap = { state: 'known'; days: number } | { state: 'unknown' | 'not-counted' };

export interface AudienceCardProps {
  audience: AudienceInput;
  /** By the field's path within the audience. */
  errors: Record<string, string>;
  usualGap: UsualGap;
  /** Days without an order that count where nothing is known. */
  defaultDays: number;
  onChange(audience: AudienceInput): void;
}

export function AudienceCard(props: AudienceCardProps) {
  const { t } = useTranslation();
  const words = useAudienceWords();
  const { audience, errors } = props;
  return (
    <FoldedSection
      name="audience"
      title={t('scenario.audience.title')}
      summary={words(audience)}
      wrong={Object.keys(errors).length}
    >
      <BlockStack gap="300">
        {isLapseInput(audience) ? <Lapse {...props} audience={audience} /> : <Vip {...props} audience={audience} />}
      </BlockStack>
    </FoldedSection>
  );
}

/** Birthdays need no rule, only dates. */
export function BirthDatesCard({ known }: { known: number }) {
  const { t } = useTranslation();
  return (
    <FoldedSection
      name="audience"
      title={t('scenario.audience.title')}
      summary={t('scenario.birthDates.known', { count: known })}
    >
      <BlockStack gap="300">
        <Text as="p">{t('scenario.birthDates.known', { count: known })}</Text>
        <Text as="p" tone="subdued">
          {t('scenario.birthDates.from')} <Link url="/app/settings">{t('scenario.birthDates.settings')}</Link>
        </Text>
      </BlockStack>
    </FoldedSection>
  );
}

/** The rule in one line; as its choice says it while its field holds no number. */
function useAudienceWords(): (audience: AudienceInput) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const isNumber = (text: string) => /^\d+([.,]\d+)?$/.test(text.trim());
  return (audience) => {
    if (isLapseInput(audience)) {
      if (audience.by === 'usual-gap') return t('scenario.audience.usualGap');
      return isNumber(audience.days)
        ? t('scenario.audience.short.days', { count: Number(audience.days) })
        : t('scenario.audience.days');
    }
    const { by, percent, amount, count } = audience;
    if (by === 'share' && isNumber(percent)) return t('scenario.audience.short.share', { percent: percent.trim() });
    if (by === 'orders' && isNumber(count)) return t('scenario.audience.short.orders', { count: Number(count) });
    if (by === 'spend' && isNumber(amount)) {
      return t('scenario.audience.short.spend', { amount: format.money(amount.trim().replace(',', '.')) });
    }
    return t(`scenario.audience.${by}`);
  };
}

interface ChoiceProps {
  name: string;
  label: string;
  help?: string;
  chosen: boolean;
  onChoose(): void;
  /** Its field, shown while it is chosen. */
  children?: React.ReactNode;
}

function Choice({ name, label, help, chosen, onChoose, children }: ChoiceProps) {
  return (
    <BlockStack gap="200">
      <RadioButton
        name={name}
        label={label}
        checked={chosen}
        onChange={onChoose}
        {...(help && chosen ? { helpText: help } : {})}
      />
      {chosen && children && <div className="choice-field">{children}</div>}
    </BlockStack>
  );
}

type Own<Input> = Omit<AudienceCardProps, 'audience'> & { audience: Input };

function Lapse({ audience, errors, usualGap, defaultDays, onChange }: Own<LapseInput>) {
  const { t } = useTranslation();
  const name = useId();
  const others = () => {
    if (usualGap.state === 'known') return t('scenario.audience.gapKnown', { count: usualGap.days });
    if (usualGap.state === 'unknown') return t('scenario.audience.gapUnknown', { count: defaultDays });
    return t('scenario.audience.gapNotCounted', { count: defaultDays });
  };
  return (
    <>
      <Choice
        name={name}
        label={t('scenario.audience.usualGap')}
        help={`${t('scenario.audience.ownGap')} ${others()}`}
        chosen={audience.by === 'usual-gap'}
        onChoose={() => onChange({ ...audience, by: 'usual-gap' })}
      />
      <Choice
        name={name}
        label={t('scenario.audience.days')}
        chosen={audience.by === 'days'}
        onChoose={() => onChange({ ...audience, by: 'days' })}
      >
        <TextField
          label={t('scenario.audience.daysField')}
          labelHidden
          autoComplete="off"
          inputMode="numeric"
          suffix={t('scenario.unit.d')}
          value={audience.days}
          {...withError(errors.days)}
          onChange={(days) => onChange({ ...audience, days })}
        />
      </Choice>
    </>
  );
}

function Vip({ audience, errors, onChange }: Own<VipInput>) {
  const { t } = useTranslation();
  const { currency } = useContext(ShopFormatContext);
  const name = useId();
  const rule = (by: VipInput['by'], field: 'percent' | 'amount' | 'count', suffix: string) => (
    <Choice
      name={name}
      label={t(`scenario.audience.${by}`)}
      help={t(`scenario.audience.${by}Help`)}
      chosen={audience.by === by}
      onChoose={() => onChange({ ...audience, by })}
    >
      <TextField
        label={t(`scenario.audience.${by}Field`)}
        labelHidden
        autoComplete="off"
        inputMode={field === 'amount' ? 'decimal' : 'numeric'}
        suffix={suffix}
        value={audience[field]}
        {...withError(errors[field])}
        onChange={(value) => onChange({ ...audience, [field]: value })}
      />
    </Choice>
  );
  return (
    <>
      {rule('share', 'percent', '%')}
      {rule('spend', 'amount', currency)}
      {rule('orders', 'count', t('scenario.audience.ordersSuffix'))}
    </>
  );
}
