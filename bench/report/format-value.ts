const BYTES_PER_KB = 1_000;
const BYTES_PER_MB = 1_000_000;
const DIGITS = 3;

/** Three digits, and no more than two after the point: 0.02, 1.44, 78.4, 640. */
export function short(value: number): string {
  const size = Math.abs(value);
  if (size < 10) return value.toFixed(2);
  return size < 100 ? Number(value.toPrecision(DIGITS)).toFixed(1) : count(value);
}

/** 26,000 */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

export function ratio(value: number): string {
  return `${short(value)} ×`;
}

export function megabytes(value: number): string {
  return `${count(value)} MB`;
}

export function bytes(value: number): string {
  if (value >= BYTES_PER_MB) return `${short(value / BYTES_PER_MB)} MB`;
  if (value >= 10 * BYTES_PER_KB) return `${short(value / BYTES_PER_KB)} KB`;
  return `${value < 100 ? short(value) : count(value)} bytes`;
}

/** By the unit that the name of a detail ends with, or begins with. */
export function detail(name: string, value: number): string {
  if (/ms$/i.test(name)) return `${short(value)} ms`;
  if (/mb$/i.test(name)) return megabytes(value);
  if (/seconds$/i.test(name)) return `${short(value)} s`;
  if (/bytes/i.test(name)) return bytes(value);
  if (/ratio/i.test(name)) return ratio(value);
  return count(value);
}
