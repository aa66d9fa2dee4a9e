/** Enough for a steady 95th percentile. */
const TIMES = 100;
/** Before those that count: code gets compiled and connections get opened. */
const WARM_UP_TIMES = 20;

/**
 * Times several kinds of work again and again, in milliseconds. They take turns, so that whatever else this machine does
 * meanwhile slows all of them alike.
 */
export async function repeatedInTurn<TName extends string>(
  works: Readonly<Record<TName, () => Promise<unknown>>>,
): Promise<Record<TName, number[]>> {
  const kinds = Object.entries(works) as [TName, () => Promise<unknown>][];
  const times = Object.fromEntries(kinds.map(([name]) => [name, []])) as unknown as Record<
    TName,
    number[]
  >;
  for (let time = -WARM_UP_TIMES; time < TIMES; time++) {
    for (const [name, work] of kinds) {
      const startedAt = performance.now();
      await work();
      if (time >= 0) times[name].push(performance.now() - startedAt);
    }
  }
  return times;
}
