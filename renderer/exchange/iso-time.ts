/** A time as every spreadsheet and script reads it; empty for none. */
export function isoTime(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

/** A day that is kept as the UTC time at its start. */
export function isoDay(at: number | null): string | null {
  return isoTime(at)?.slice(0, 10) ?? null;
}
