/** A year this far ahead of or behind the present is of another century: GS1's own rule for years of two digits. */
const YEARS_AHEAD = 50;
const CENTURY = 100;

/**
 * UTC epoch milliseconds of the day that six digits YYMMDD name. Day 00 is the last day of the month. Null if there is no
 * such day. `thisYear` decides the century.
 */
export function readGs1Date(digits: string, thisYear: number): number | null {
  const year = fullYear(Number(digits.slice(0, 2)), thisYear);
  const month = Number(digits.slice(2, 4));
  const day = Number(digits.slice(4, 6));
  if (month < 1 || month > 12) return null;
  // Day 0 of the next month is the last of this one.
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (day > lastDay) return null;
  return Date.UTC(year, month - 1, day === 0 ? lastDay : day);
}

function fullYear(twoDigits: number, thisYear: number): number {
  const century = thisYear - (thisYear % CENTURY);
  const ahead = twoDigits - (thisYear % CENTURY);
  if (ahead > YEARS_AHEAD) return century - CENTURY + twoDigits;
  if (ahead < 1 - YEARS_AHEAD) return century + CENTURY + twoDigits;
  return century + twoDigits;
}
