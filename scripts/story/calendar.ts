/** The story's own calendar: day 1 is the Monday it begins, times are what the clock on the wall in Paris shows. */
import { DAY, MINUTE } from '../../app/lib/duration';
import { nextSteadyTime } from '../../tests/harness/steady-time';

export const ZONE = 'Europe/Paris';

/** Day of the story and time of day: `[2, '10:30']` is Tuesday of the first week. */
export type StoryTime = readonly [day: number, time: `${number}:${number}`];

const weekday = new Intl.DateTimeFormat('en', { timeZone: ZONE, weekday: 'short' });
const minutesOf = (time: string) => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
};

/** Tells the moment of a story time. */
export type Calendar = (time: StoryTime) => Date;

/** The calendar whose first day is the next Monday after `now`, in weeks that no change of time disturbs. */
export function calendarFrom(now: Date): Calendar {
  const isMonday = (day: Date) => weekday.format(day) === 'Mon';
  const monday = nextSteadyTime(now, { zone: ZONE, minute: 0, days: 24, accept: isMonday });
  return ([day, time]) => new Date(monday.getTime() + (day - 1) * DAY + minutesOf(time) * MINUTE);
}

const moment = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  weekday: 'short',
  day: '2-digit',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

/** `Mon 23 Nov, 11:30`, for people. */
export function tellMoment(at: Date | string): string {
  return moment.format(new Date(at));
}
