/** Moments as other products' exports and spreadsheets write them. Used by `refusal-row`. */

const EARLIEST = Date.UTC(1998, 0, 1);
const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i;
const DAY_FIRST_OR_LAST =
  /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:[ T,]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap]m)?)?$/i;

/**
 * Without a zone it is taken as UTC. Whether 02/03 is in February or in March nobody can tell: the later one counts, which takes less for
 * a newer opt-in.
 * @returns null for what is no moment, or lies after `now`
 */
export function readListedMoment(text: string, now: Date): Date | null {
  const told = text.trim();
  const possible = [...fromIso(told), ...fromDay(told), ...fromSeconds(told)].filter(
    (time) => time >= EARLIEST && time <= now.getTime(),
  );
  return possible.length === 0 ? null : new Date(Math.max(...possible));
}

function fromIso(text: string): number[] {
  const match = ISO.exec(text);
  if (!match) return [];
  const [, year, month, day, hour = '00', minute = '00', second = '00', zone = 'Z'] = match;
  const offset = /^(z|utc)$/i.test(zone) ? 'Z' : zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`);
  return Number.isNaN(time) ? [] : [time];
}

function fromDay(text: string): number[] {
  const match = DAY_FIRST_OR_LAST.exec(text);
  if (!match) return [];
  const [, first, second, year, hours = '0', minutes = '0', seconds = '0', half] = match;
  const whole = Number(year) < 100 ? 2000 + Number(year) : Number(year);
  const hour = half ? (Number(hours) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0) : Number(hours);
  const at = (month: number, day: number) => {
    const time = Date.UTC(whole, month - 1, day, hour, Number(minutes), Number(seconds));
    const date = new Date(time);
    return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? [time] : [];
  };
  return [...at(Number(first), Number(second)), ...at(Number(second), Number(first))];
}

/** Seconds or milliseconds since 1970. */
function fromSeconds(text: string): number[] {
  if (/^\d{10}(\.\d+)?$/.test(text)) return [Number(text) * 1000];
  return /^\d{13}$/.test(text) ? [Number(text)] : [];
}
