/** What the e-mails did in thirty days, day by day: a chart, or the same figures as a table. Used by the overview. */
import { BlockStack, Button, Card, InlineStack, SkeletonDisplayText, Text } from '@shopify/polaris';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type EmailDay, isEmpty, SERIES, totalsOf } from './engagement-figures';
import { useFormat } from './use-format';

/** Not in the page's own JavaScript: nobody waits for it to read the figures. */
const Chart = lazy(() => import('./engagement-chart'));

export interface EngagementCardProps {
  /** Null until they were read. */
  days: EmailDay[] | null;
  /** Where they could not be read: tries once more. */
  onAgain: (() => void) | null;
}

export function EngagementCard({ days, onAgain }: EngagementCardProps) {
  const { t } = useTranslation();
  const [asTable, setAsTable] = useState(false);
  const some = days !== null && !isEmpty(days);
  return (
    <Card>
      <BlockStack gap="200">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            {t('home.engagement.title')}
          </Text>
          {some && (
            <Button variant="plain" onClick={() => setAsTable(!asTable)}>
              {t(asTable ? 'home.engagement.showChart' : 'home.engagement.showTable')}
            </Button>
          )}
        </InlineStack>
        <div className="chart-room">
          {days === null && onAgain === null && <SkeletonDisplayText size="small" />}
          {onAgain && (
            <InlineStack gap="200" blockAlign="center">
              <Text as="p" tone="critical">
                {t('home.engagement.failed')}
              </Text>
              <Button onClick={onAgain}>{t('home.engagement.again')}</Button>
            </InlineStack>
          )}
          {days !== null && !some && (
            <Text as="p" tone="subdued">
              {t('home.engagement.none')}
            </Text>
          )}
          {some && asTable && <DayTable days={days} />}
          {some && !asTable && (
            <Suspense fallback={<SkeletonDisplayText size="small" />}>
              <Chart days={days} />
            </Suspense>
          )}
        </div>
        {some && (
          <Text as="p" tone="subdued" variant="bodySm">
            {t('home.engagement.meaning')}
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}

/** The newest day first, as one reads a list. */
function DayTable({ days }: { days: EmailDay[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const totals = totalsOf(days);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className="day-table" tabIndex={0} aria-label={t('home.engagement.title')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('home.engagement.day')}</th>
            {SERIES.map((series) => (
              <th scope="col" key={series}>
                {t(`home.engagement.series.${series}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.toReversed().map((day) => (
            <tr key={day.day}>
              <th scope="row">{format.shortDay(day.day)}</th>
              {SERIES.map((series) => (
                <td key={series}>{format.number(day[series])}</td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('home.engagement.total')}</th>
            {SERIES.map((series) => (
              <td key={series}>{format.number(totals[series])}</td>
            ))}
          </tr>
        </tfoot>
      </table>
    </section>
  );
}
