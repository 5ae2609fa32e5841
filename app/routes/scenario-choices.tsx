/** The sections below a scenario's steps: whom it concerns, who was there before, and what it gives. Used by the workbench. */
import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { DEFAULT_LAPSE_DAYS, STANDING_DAYS } from '../domain/audience';
import type { ScenarioKey } from '../domain/scenario';
import { AudienceCard, BirthDatesCard, type UsualGap } from '../ui/audience-card';
import { OfferCard } from '../ui/offer-card';
import type { OfferInput } from '../ui/offer-draft';
import { StandingCard, type StandingCardProps } from '../ui/standing-card';
import type { action } from './app.scenarios.$key';
import type { FieldErrors } from './field-errors';
import { isFailed, useFailureToast } from './tolerant-action';
import type { ScenarioDraftState } from './use-scenario-draft';

const MOST_PICKED = 100;

export interface ScenarioChoicesProps {
  scenario: ScenarioKey;
  on: boolean;
  work: ScenarioDraftState;
  errors: FieldErrors;
  /** What it gives as it is being edited, in words. */
  gives: string;
  usualGap: UsualGap;
  /** Customers whose birth date is known; null where it does not matter. */
  birthDates: number | null;
  /** Null while they have not been counted, and where there are none to count. */
  standing: StandingCardProps['standing'];
  already: number;
}

export function ScenarioChoices(props: ScenarioChoicesProps) {
  const { scenario, work, errors, usualGap, birthDates } = props;
  const { offer, audience } = work.draft;
  const pick = usePicker(work);
  return (
    <>
      {birthDates !== null && <BirthDatesCard known={birthDates} />}
      {audience && (
        <AudienceCard
          audience={audience}
          errors={errors.under('audience')}
          usualGap={usualGap}
          defaultDays={DEFAULT_LAPSE_DAYS}
          onChange={work.setAudience}
        />
      )}
      {(scenario === 'win-back' || scenario === 'vip') && <Standing {...props} scenario={scenario} />}
      {offer && (
        <OfferCard
          offer={offer}
          gives={props.gives}
          errors={errors.under('offer')}
          tried={work.refused.length > 0}
          onChange={work.setOffer}
          onPickItems={(on) => pick(on, offer)}
        />
      )}
    </>
  );
}

/** Shopify's own picker, with what is chosen already marked; closed without a choice it changes nothing. */
function usePicker({ setOffer }: ScenarioDraftState) {
  const shopify = useAppBridge();
  return async (on: 'products' | 'collections', { items }: OfferInput) => {
    const type = on === 'products' ? ('product' as const) : ('collection' as const);
    const kind = on === 'products' ? 'Product' : 'Collection';
    const chosen = items.on === on ? items.items : [];
    const picked = await shopify.resourcePicker({
      type,
      action: 'select',
      multiple: MOST_PICKED,
      filter: { variants: false },
      selectionIds: chosen.map(({ id }) => ({ id: `gid://shopify/${kind}/${id}` })),
    });
    if (!picked) return;
    const found = [...picked].map(({ id, title }) => ({ id: id.split('/').at(-1) ?? '', title }));
    setOffer({ items: { on, items: found } });
  };
}

type StandingProps = ScenarioChoicesProps & { scenario: StandingCardProps['scenario'] };

function Standing({ scenario, on, work, standing, already }: StandingProps) {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const { submit, data, state } = useFetcher<typeof action>();
  useFailureToast(data);
  useEffect(() => {
    if (state !== 'idle' || !data || isFailed(data) || !('standing' in data)) return;
    const { standing: done } = data;
    if (done.ok) shopify.toast.show(t('scenario.standing.done', { count: done.enrolled }));
    else if (done.code === 'orders-unknown') {
      shopify.toast.show(t('scenario.standing.ordersUnknown'), { isError: true });
    } else shopify.toast.show(t('scenario.standing.failed'), { isError: true });
  }, [data, state, shopify, t]);
  return (
    <StandingCard
      // Once some of them are on the way the question is another one.
      key={standing?.mayBeEmailed ?? -1}
      scenario={scenario}
      standing={standing}
      already={already}
      limits={STANDING_DAYS}
      on={on}
      busy={state !== 'idle'}
      unsaved={work.dirty}
      onEnroll={(days) => submit({ intent: 'enroll-standing', days }, { method: 'post', encType: 'application/json' })}
    />
  );
}
