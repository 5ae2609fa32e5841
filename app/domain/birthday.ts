/** Birth dates: which are possible, and where February 29 is kept when the year has none. Called by the preference page and the scan. */

/** A calendar day, `YYYY-MM-DD`. */
export type Day = string;

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Whether somebody alive today can have been born on this day. */
export function isPossibleBirthDate(birthDate: Day, now: Date): boolean {
  if (!DAY.test(birthDate)) return false;
  const born = new Date(`${birthDate}T00:00:00Z`);
  if (Number.isNaN(born.getTime()) || !born.toISOString().startsWith(birthDate)) return false;
  return born < now && now.getUTCFullYear() - born.getUTCFullYear() <= 120;
}

/**
 * Where whoever was born on February 29 keeps the day on March 1 in years without one, each with its source. Everywhere
 * else it is February 28: by law in Taiwan (Civil Code, articles 121 and 124) and for driving licences in New Zealand (Land
 * Transport Act 1998, section 2 (2)), and where no law says (France), as the last day of the month they were born in.
 */
export const MARCH_FIRST: Readonly<Record<string, string>> = {
  GB: 'Common law of England and Wales: an age is reached at the beginning of the anniversary, in common years March 1',
  HK: 'Age of Majority (Related Provisions) Ordinance, cap. 410, section 5',
  DE: 'Bürgerliches Gesetzbuch, §§ 187 (2) and 188 (2): the year of life ends with February 28',
};

/** The day February 29 is kept on in years without one, by the customer's country. */
export function leapDayKeptOn(country: string | null): '02-28' | '03-01' {
  return country !== null && country.toUpperCase() in MARCH_FIRST ? '03-01' : '02-28';
}

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** The day a birthday is kept in a year. */
export function birthdayIn(year: number, birthDate: Day, country: string | null): Day {
  const monthDay = birthDate.slice(5);
  return `${year}-${monthDay === '02-29' && !isLeapYear(year) ? leapDayKeptOn(country) : monthDay}`;
}
