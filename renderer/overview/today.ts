/** The calendar day by the clock on the wall, as days of expiry are kept: its start in UTC. */
export function today(now: number): number {
  const date = new Date(now);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
}
