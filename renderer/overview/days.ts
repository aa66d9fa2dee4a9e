/** The first moment of a day by the clock on the wall. `day` is `2026-11-23`. */
export function dayStart(day: string): number {
  return new Date(`${day}T00:00`).getTime();
}

/** The first moment of the day after. A day may be 23 or 25 hours long. */
export function dayEnd(day: string): number {
  const end = new Date(`${day}T00:00`);
  end.setDate(end.getDate() + 1);
  return end.getTime();
}

/** Where the last days begin by the clock on the wall, the one of `now` being the last; and where that one ends. */
export function lastDays(now: number, count: number): number[] {
  const midnight = new Date(now);
  midnight.setHours(0, 0, 0, 0);
  return Array.from({ length: count + 1 }, (_, at) => {
    const start = new Date(midnight);
    start.setDate(start.getDate() - count + 1 + at);
    return start.getTime();
  });
}
