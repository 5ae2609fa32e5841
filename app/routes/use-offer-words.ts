/** What a scenario gives, in the admin's words: in the list, above the steps, and beside each e-mail that shows a code. */
import { useContext } from 'react';
import { useTranslation } from 'react-i18next';
import type { Offer } from '../domain/offer';
import { describeOffer } from '../emails/format';
import type { DraftEmail } from '../ui/draft-steps';
import { ShopFormatContext, useFormat } from '../ui/use-format';

export interface OfferWords {
  /** "Gives 10% off, valid 14 days." */
  gives(offer: Offer | null): string;
  /** What an e-mail of the scenario shows of it; null where it has no place for a code. */
  shownBy(step: Pick<DraftEmail, 'code'>, offer: Offer | null): string | null;
}

/** @param today the shop's day, `YYYY-MM-DD` */
export function useOfferWords(today: string): OfferWords {
  const { t } = useTranslation();
  const { currency } = useContext(ShopFormatContext);
  const { language, calendarDay } = useFormat();
  const locale = language === 'fr' ? 'fr-FR' : 'en-US';
  const describe = (offer: Offer) => describeOffer({ offer, language, currency, locale });
  return {
    gives(offer) {
      if (offer === null) return t('scenarios.gives.nothing');
      if (offer.kind !== 'fixed-code')
        return t('scenarios.gives.own', { offer: describe(offer), count: offer.validDays });
      const { code, endsOn } = offer;
      if (endsOn === null) return t('scenarios.gives.shared', { offer: describe(offer), code });
      const date = calendarDay(endsOn);
      if (endsOn < today) return t('scenarios.gives.sharedOver', { code, date });
      return t('scenarios.gives.sharedUntil', { offer: describe(offer), code, date });
    },
    shownBy({ code }, offer) {
      if (!code) return null;
      if (offer === null) return t(code.required ? 'scenario.neverSent' : 'scenario.noCode');
      if (!code.unless) return t('scenario.withCode', { offer: describe(offer) });
      const condition = t(`scenario.conditions.${code.unless}`);
      return t('scenario.withCodeUnless', { offer: describe(offer), condition });
    },
  };
}
