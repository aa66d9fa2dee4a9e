import { z } from 'zod';

const measurementField = z.strictObject({
  name: z.string().min(1),
  rows: z.int().min(1),
  seconds: z.number().optional(),
  p50ms: z.number().optional(),
  p95ms: z.number().optional(),
  bytes: z.number().optional(),
  limit: z.number(),
  ratio: z.number(),
  rssMb: z.number(),
  details: z.record(z.string(), z.number()),
});

/** A measurement that did not come to its end, and why. */
const unfinishedField = z.strictObject({
  name: z.string().min(1),
  rows: z.int().min(1),
  unfinished: z.string(),
});

const storedLineField = z.union([measurementField, unfinishedField]);
export type StoredLine = z.output<typeof storedLineField>;

const circumstancesField = z.strictObject({
  /** When the run started, ISO 8601 in UTC. It names the run. */
  startedAt: z.iso.datetime(),
  command: z.string(),
  machine: z.string(),
  node: z.string(),
  /** Programs that wanted a core in the minute before. */
  loadAtStart: z.number(),
  catalogue: z.strictObject({
    products: z.int(),
    rejected: z.int(),
    /** The name of the file; null if it was made up. */
    file: z.string().nullable(),
  }),
});
/** What one has to know to trust a time. */
export type Circumstances = z.output<typeof circumstancesField>;

export const storedResultsField = z.strictObject({
  /** Products asked for. */
  rows: z.int().min(1),
  /** Oldest first. A measurement is in one run only: the last that made it. */
  runs: z.array(circumstancesField.extend({ lines: z.array(storedLineField).min(1) })),
});
export type StoredResults = z.output<typeof storedResultsField>;

/** A measurement takes the place of the older one of its name; others stay, with the circumstances they were made in. */
export function withLine(
  results: StoredResults,
  circumstances: Circumstances,
  line: StoredLine,
): StoredResults {
  const sameRun = ({ startedAt }: Circumstances): boolean => startedAt === circumstances.startedAt;
  const others = results.runs.map((run) => ({
    ...run,
    lines: run.lines.filter(({ name }) => name !== line.name),
  }));
  const own = others.find(sameRun)?.lines ?? [];
  return {
    rows: results.rows,
    runs: [
      ...others.filter((run) => !sameRun(run) && run.lines.length > 0),
      { ...circumstances, lines: [...own, line] },
    ],
  };
}
