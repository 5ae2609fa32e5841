/** One day of the overview's chart as a sentence: what was sent, clicked and ordered. Used by the chart for eyes and ears alike. */
import { useTranslation } from 'react-i18next';
import type { EmailDay } from './engagement-figures';
import { useFormat } from './use-format';

export function useDayInWords(): (day: EmailDay) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ day, sent, clicked, orders }) =>
    t('home.engagement.ofDay', {
      day: format.calendarDay(day),
      sent: t('home.engagement.sent', { count: sent }),
      clicked: t('home.engagement.clicked', { count: clicked }),
      orders: t('home.engagement.orders', { count: orders }),
    });
}
