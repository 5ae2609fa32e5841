/** What a scenario's e-mails brought in thirty days, as a sentence. Used wherever a scenario is listed. */
import { useTranslation } from 'react-i18next';
import { useFormat } from './use-format';

export interface ScenarioTotals {
  sent: number;
  clicked: number;
  underWay: number;
  orders: number;
  /** In the shop's currency, after refunds; decimal string. */
  amount: string;
  codes: number;
  codesUsed: number;
}

/** @returns an empty text while nothing has been sent */
export function useScenarioResults(): (totals: ScenarioTotals) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const numbers = (sent: number, clicked: number) =>
    t('scenarios.numbers', {
      sent: t('scenario.figures.sent', { count: sent }),
      clicked: t('scenario.figures.clicked', { count: clicked }),
    });
  return ({ sent, clicked, underWay, orders, amount, codes, codesUsed }) =>
    [
      ...(sent > 0 ? [numbers(sent, clicked)] : []),
      ...(sent > 0 || orders > 0 ? [t('scenarios.orders', { count: orders, amount: format.money(amount) })] : []),
      ...(codes > 0
        ? [t('scenarios.codes', { count: codes, used: t('scenarios.codesUsed', { count: codesUsed }) })]
        : []),
      ...(underWay > 0 ? [t('scenarios.underWay', { count: underWay })] : []),
    ].join(' · ');
}
