/** Birth dates: which are possible. Called by the preference page. */

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
