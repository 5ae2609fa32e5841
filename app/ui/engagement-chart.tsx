/**
 * Thirty days of e-mails as three rows of bars over one calendar, each with a scale and a name of its own: no color has to be told from
 * another. A chunk of its own, loaded once the overview is shown.
 */
import { GridRows } from '@visx/grid';
import { Group } from '@visx/group';
import { ParentSize } from '@visx/responsive';
import { scaleBand, scaleLinear } from '@visx/scale';
import { Bar } from '@visx/shape';
import { type KeyboardEvent, type PointerEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { busiestDay, type EmailDay, markedDays, roundTop, SERIES, type Series, totalsOf } from './engagement-figures';
import { useDayInWords } from './use-day-in-words';
import { useFormat } from './use-format';

export const CHART_HEIGHT = 320;
const MARGIN = { top: 4, right: 8, bottom: 28, left: 44 };
const GAP = 34;
const ROW_HEIGHT = (CHART_HEIGHT - MARGIN.top - MARGIN.bottom - GAP * SERIES.length) / SERIES.length;

export default function EngagementChart({ days }: { days: readonly EmailDay[] }) {
  const [chosen, setChosen] = useState(days.length - 1);
  const words = useDayInWords();
  const at = days[Math.min(chosen, days.length - 1)];
  return (
    <div className="chart">
      <p className="chart-day">{at && words(at)}</p>
      <div style={{ height: CHART_HEIGHT }}>
        <ParentSize debounceTime={100}>
          {({ width }) => width > 0 && <Rows days={days} width={width} chosen={chosen} onChoose={setChosen} />}
        </ParentSize>
      </div>
    </div>
  );
}

interface RowsProps {
  days: readonly EmailDay[];
  width: number;
  chosen: number;
  onChoose(index: number): void;
}

function Rows({ days, width, chosen, onChoose }: RowsProps) {
  const { t } = useTranslation();
  const id = useId();
  const plotWidth = width - MARGIN.left - MARGIN.right;
  const x = scaleBand({ domain: days.map(({ day }) => day), range: [0, plotWidth], padding: 0.25 });
  const day = days[chosen];
  const left = day ? (x(day.day) ?? 0) - (x.step() - x.bandwidth()) / 2 : 0;
  return (
    <div className="chart-plot">
      <svg width={width} height={CHART_HEIGHT} role="img" aria-labelledby={`${id}-title ${id}-text`}>
        <title id={`${id}-title`}>{t('home.engagement.title')}</title>
        <desc id={`${id}-text`}>{useSummary()(days)}</desc>
        <Group left={MARGIN.left} top={MARGIN.top}>
          <rect
            className="chart-chosen"
            x={left}
            y={0}
            width={x.step()}
            height={CHART_HEIGHT - MARGIN.top - MARGIN.bottom}
          />
          {SERIES.map((series, row) => (
            <Row key={series} series={series} top={row * (ROW_HEIGHT + GAP)} {...{ days, x, plotWidth, chosen }} />
          ))}
          <Calendar {...{ days, x, width, plotWidth }} />
        </Group>
      </svg>
      <Reach days={days} chosen={chosen} onChoose={onChoose} dayAt={(offset) => Math.floor(offset / x.step())} />
    </div>
  );
}

interface CalendarProps extends Pick<RowsProps, 'days' | 'width'> {
  x: ReturnType<typeof scaleBand<string>>;
  plotWidth: number;
}

/** The days under the rows. The library's own axis lays out words that turn and wrap, which is half of what it weighs. */
function Calendar({ days, x, width, plotWidth }: CalendarProps) {
  const format = useFormat();
  const last = days.at(-1)?.day;
  return (
    <Group className="chart-axis" top={CHART_HEIGHT - MARGIN.top - MARGIN.bottom}>
      <line x2={plotWidth} />
      {markedDays(days, width).map((day) => (
        <text
          key={day}
          className="chart-label"
          // The last day stands at the edge: its words end there.
          textAnchor={day === last ? 'end' : 'middle'}
          x={day === last ? plotWidth + MARGIN.right : (x(day) ?? 0) + x.bandwidth() / 2}
          y={22}
        >
          {format.shortDay(day)}
        </text>
      ))}
    </Group>
  );
}

interface RowProps extends Pick<RowsProps, 'days' | 'chosen'> {
  series: Series;
  top: number;
  x: ReturnType<typeof scaleBand<string>>;
  plotWidth: number;
}

function Row({ series, days, top, x, plotWidth, chosen }: RowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const highest = roundTop(days, series);
  const y = scaleLinear({ domain: [0, highest], range: [ROW_HEIGHT, 0] });
  return (
    <Group top={top + GAP}>
      <text className="chart-name" x={-MARGIN.left} y={-10}>
        {t(`home.engagement.series.${series}`)}
      </text>
      <GridRows scale={y} width={plotWidth} tickValues={[0, highest]} className="chart-grid" />
      {[0, highest].map((value, place) => (
        <text key={place === 0 ? 'least' : 'most'} className="chart-label" textAnchor="end" x={-12} y={y(value)} dy={4}>
          {format.number(value)}
        </text>
      ))}
      {days.map((day, index) => (
        <Bar
          key={day.day}
          className={index === chosen ? 'chart-bar chart-bar-chosen' : 'chart-bar'}
          x={x(day.day) ?? 0}
          y={y(day[series])}
          width={x.bandwidth()}
          height={ROW_HEIGHT - y(day[series])}
        />
      ))}
    </Group>
  );
}

interface ReachProps extends Omit<RowsProps, 'width'> {
  /** Of a distance from the first day's left edge. */
  dayAt(offset: number): number;
}

/** What fingers, pointers and arrow keys take hold of: a slider along the days, over the drawing. */
function Reach({ days, chosen, onChoose, dayAt }: ReachProps) {
  const { t } = useTranslation();
  const words = useDayInWords();
  const last = days.length - 1;
  const choose = (index: number) => onChoose(Math.max(0, Math.min(last, index)));
  const point = ({ clientX, currentTarget }: PointerEvent) =>
    choose(dayAt(clientX - currentTarget.getBoundingClientRect().left));
  const steps: Record<string, number> = {
    ...{ ArrowLeft: chosen - 1, ArrowDown: chosen - 1, ArrowRight: chosen + 1, ArrowUp: chosen + 1 },
    ...{ PageDown: chosen - 7, PageUp: chosen + 7, Home: 0, End: last },
  };
  const press = (event: KeyboardEvent) => {
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    choose(to);
  };
  const day = days[chosen];
  return (
    <div
      className="chart-reach"
      style={{ left: MARGIN.left, right: MARGIN.right, top: MARGIN.top, bottom: MARGIN.bottom }}
      role="slider"
      tabIndex={0}
      aria-label={t('home.engagement.day')}
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={chosen}
      aria-valuetext={day ? words(day) : ''}
      onKeyDown={press}
      onPointerMove={point}
      onPointerDown={point}
    />
  );
}

function useSummary(): (days: readonly EmailDay[]) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (days) => {
    const busiest = busiestDay(days);
    const totals = t('home.engagement.totals', { ...totalsOf(days) });
    if (!busiest) return totals;
    return `${totals} ${t('home.engagement.busiest', { day: format.calendarDay(busiest.day), sent: busiest.sent })}`;
  };
}
