/** Those who are in a scenario's state and were not written to: they get nothing unless the owner says so, here. Used by the scenario page. */
import { BlockStack, Button, InlineStack, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FoldedSection } from './folded-section';

interface Standing {
  customers: number;
  mayBeEmailed: number;
}

export interface StandingCardProps {
  scenario: 'win-back' | 'vip';
  /** Null while they have not been counted. */
  standing: Standing | null;
  /** While it is off: how many are there already, of whom none is written to when it is switched on. */
  already: number;
  /** Over how many days they may be spread. */
  limits: { fewest: number; most: number };
  on: boolean;
  busy: boolean;
  /** The rule on the page is not saved: the count is of the saved one. */
  unsaved: boolean;
  onEnroll(days: number): void;
}

/** Two choices: how fast, and then, seeing what it means, whether. */
export function StandingCard(props: StandingCardProps) {
  const { t } = useTranslation();
  const { scenario, standing, already, on } = props;
  const before = t(`scenario.standing.${scenario}.already`, { count: already });
  const summary = () => {
    if (!on) return before;
    if (!standing) return t('scenario.standing.counting');
    return t(`scenario.standing.${scenario}.count`, { count: standing.customers });
  };
  return (
    <FoldedSection name="standing" title={t(`scenario.standing.${scenario}.title`)} summary={summary()}>
      <BlockStack gap="300">
        {!on && <Text as="p">{already > 0 ? `${before} ${t('scenario.standing.off')}` : before}</Text>}
        {on && !standing && <Text as="p">{t('scenario.standing.counting')}</Text>}
        {on && standing && <Counted {...props} standing={standing} />}
      </BlockStack>
    </FoldedSection>
  );
}

type CountedProps = StandingCardProps & { standing: Standing };

function Counted(props: CountedProps) {
  const { t } = useTranslation();
  const { scenario, standing } = props;
  const count = t(`scenario.standing.${scenario}.count`, { count: standing.customers });
  if (standing.customers === 0) return <Text as="p">{count}</Text>;
  return (
    <>
      <Text as="p">
        {count} {t('scenario.standing.nothing')}
      </Text>
      {standing.mayBeEmailed > 0 ? (
        <Choose {...props} />
      ) : (
        <Text as="p" tone="subdued">
          {t('scenario.standing.nobody')}
        </Text>
      )}
    </>
  );
}

function Choose({ standing, limits, busy, unsaved, onEnroll }: CountedProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('14');
  const [asked, setAsked] = useState(false);
  const [refused, setRefused] = useState(false);
  const days = /^\d{1,3}$/.test(typed.trim()) ? Number(typed) : 0;
  const fits = days >= limits.fewest && days <= limits.most;
  const perDay = Math.ceil(standing.mayBeEmailed / Math.max(days, 1));
  if (asked && fits) {
    return (
      <BlockStack gap="300">
        <Text as="p" fontWeight="semibold">
          {t('scenario.standing.sure', { count: standing.mayBeEmailed })}{' '}
          {t('scenario.standing.pace', { count: days, perDay })}
        </Text>
        <InlineStack gap="200">
          <Button variant="primary" loading={busy} onClick={() => onEnroll(days)}>
            {t('scenario.standing.yes')}
          </Button>
          <Button disabled={busy} onClick={() => setAsked(false)}>
            {t('scenario.standing.no')}
          </Button>
        </InlineStack>
      </BlockStack>
    );
  }
  return (
    <BlockStack gap="300">
      <TextField
        label={t('scenario.standing.days')}
        autoComplete="off"
        inputMode="numeric"
        suffix={t('scenario.unit.d')}
        value={typed}
        {...(refused && !fits ? { error: t('scenario.standing.daysWrong', { ...limits }) } : {})}
        onChange={setTyped}
      />
      {unsaved && (
        <Text as="p" tone="subdued">
          {t('scenario.standing.unsaved')}
        </Text>
      )}
      <InlineStack>
        <Button
          disabled={unsaved}
          onClick={() => {
            setRefused(!fits);
            setAsked(fits);
          }}
        >
          {t('scenario.standing.ask', { count: standing.mayBeEmailed })}
        </Button>
      </InlineStack>
    </BlockStack>
  );
}
