import { Tag } from '../../bytes/der.ts';
import { latin1 } from '../../bytes/hex.ts';
import type { Field } from './structure.ts';

/**
 * comparableTime decodes UTCTime or GeneralizedTime in every form that OpenSSL 3.0 compares, to milliseconds since 1970
 * without the fraction of a second; undefined for any other form.
 */
export function comparableTime(field: Field): number | undefined {
  const time = partsOf(field);
  return time && utcDate(time)?.getTime();
}

function partsOf({ tag, body }: Field): Readonly<Record<string, string | undefined>> | undefined {
  return body.length > longest ? undefined : (tag === Tag.utcTime ? utc : generalized).exec(latin1(body))?.groups;
}

/** timeText formats UTCTime or GeneralizedTime as OpenSSL 3.0 does: `Nov  1 17:26:59 2026 GMT`. */
export function timeText(field: Field): string {
  const time = partsOf(field);
  const date = time && utcDate(time);
  if (time === undefined || date === undefined) return 'Bad time value';
  const day = String(date.getUTCDate()).padStart(2);
  const [hour, minute, second] = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(twoDigits);
  const clock = `${hour}:${minute}:${second}${time.fraction ?? ''}`;
  const zone = time.zone?.endsWith('Z') ? ' GMT' : '';
  return `${months[date.getUTCMonth()]} ${day} ${clock} ${date.getUTCFullYear()}${zone}`;
}

/** Bytes. */
const longest = 64;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const utc = /^(?<year>\d\d)(?<month>\d\d)(?<day>\d\d)(?<hour>\d\d)(?<minute>\d\d)(?<second>\d\d)?(?<zone>Z|[+-]\d{4})$/;
const generalized =
  /^(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)(?<hour>\d\d)(?<minute>\d\d)(?:(?<second>\d\d)(?<fraction>\.\d+)?)?(?<zone>Z|[+-]\d{4})$/;

/** utcDate returns undefined for a day or time that does not exist. */
function utcDate(time: Readonly<Record<string, string | undefined>>): Date | undefined {
  const number = (name: string) => Number(time[name] ?? 0);
  const [month, day, hour, minute, second] = ['month', 'day', 'hour', 'minute', 'second'].map(number);
  if (!month || month > 12 || !day || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(fullYear(time.year ?? ''), month - 1, day);
  if (date.getUTCDate() !== day) return undefined;
  date.setUTCHours(Number(hour), Number(minute) - offsetMinutes(time.zone ?? 'Z'), Number(second));
  return date;
}

function fullYear(text: string): number {
  const year = Number(text);
  return text.length > 2 ? year : year < 50 ? 2000 + year : 1900 + year;
}

function offsetMinutes(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.substring(1, 3)) * 60 + Number(zone.substring(3));
  return zone.startsWith('-') ? -minutes : minutes;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
