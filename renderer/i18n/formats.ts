/** Numbers, times, money and sizes in the reader's language. */
export interface Formats {
  number: (value: number) => string;
  /** With + or −, for changes. */
  signed: (value: number) => string;
  money: (minor: number, currency: string) => string;
  bytes: (bytes: number) => string;
  duration: (ms: number) => string;
  dateTime: (at: number) => string;
  time: (at: number) => string;
  /** A calendar day that is the same everywhere, as that of expiry: UTC midnight. */
  day: (at: number) => string;
  /** Relative to `now`, in either direction. Null when it is too close to put in words. */
  relative: (at: number, now: number) => string | null;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Closer than this is "just now". */
const RELATIVE_MIN_MS = 10 * SECOND;
const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
/** Used if a currency code is unknown to the engine. */
const FRACTION_DIGITS_DEFAULT = 2;

const RELATIVE_STEPS: readonly (readonly [number, Intl.RelativeTimeFormatUnit])[] = [
  [DAY, 'day'],
  [HOUR, 'hour'],
  [MINUTE, 'minute'],
  [SECOND, 'second'],
];

export function createFormats(language: string): Formats {
  const number = new Intl.NumberFormat(language);
  const signed = new Intl.NumberFormat(language, { signDisplay: 'exceptZero' });
  const dateTime = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'short' });
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'always' });
  const currencies = new Map<string, Intl.NumberFormat>();

  const currencyFormat = (currency: string): Intl.NumberFormat => {
    const known = currencies.get(currency);
    if (known) return known;
    const made = new Intl.NumberFormat(language, { style: 'currency', currency });
    currencies.set(currency, made);
    return made;
  };

  return {
    number: (value) => number.format(value),
    signed: (value) => signed.format(value),
    money: (minor, currency) => {
      const format = currencyFormat(currency);
      const digits = format.resolvedOptions().maximumFractionDigits ?? FRACTION_DIGITS_DEFAULT;
      return format.format(minor / 10 ** digits);
    },
    bytes: (bytes) => formatBytes(language, bytes),
    duration: (ms) => formatDuration(language, ms),
    dateTime: (at) => dateTime.format(at),
    time: (at) => time.format(at),
    day: (at) => day.format(at),
    relative: (at, now) => {
      const distance = at - now;
      if (Math.abs(distance) < RELATIVE_MIN_MS) return null;
      const step = RELATIVE_STEPS.find(([size]) => Math.abs(distance) >= size);
      const [size, unit] = step ?? [SECOND, 'second'];
      return relative.format(Math.trunc(distance / size), unit);
    },
  };
}

function formatBytes(language: string, bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1_000 && unit < BYTE_UNITS.length - 1) {
    value /= 1_000;
    unit++;
  }
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: BYTE_UNITS[unit] ?? 'byte',
    // The short form of a byte has no plural in English.
    unitDisplay: unit === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0,
  }).format(value);
}

function formatDuration(language: string, ms: number): string {
  const unit = (value: number, name: string, digits = 0): string =>
    new Intl.NumberFormat(language, {
      style: 'unit',
      unit: name,
      unitDisplay: 'short',
      maximumFractionDigits: digits,
    }).format(value);
  if (ms < MINUTE) return unit(ms / SECOND, 'second', ms < 10 * SECOND ? 1 : 0);
  const minutes = Math.floor(ms / MINUTE);
  return `${unit(minutes, 'minute')} ${unit(Math.floor((ms % MINUTE) / SECOND), 'second')}`;
}
