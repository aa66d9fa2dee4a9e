import type { Measurement } from '../measurement.ts';

/** What we want to hold. Names of measurements and of what they tell are those of the benchmark. */
export interface Bar {
  work: string;
  measurement: string;
  what: string;
  value: (measurement: Measurement) => number | undefined;
  most: number;
  unit: '×' | 'ms' | 'bytes' | 'MB';
}

const ratio = {
  what: '',
  unit: '×',
  value: (measurement: Measurement) => measurement.ratio,
} as const;
const worst = (...values: readonly (number | undefined)[]): number | undefined => {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
};
/** DESIGN's bar is for the data worker; what SQLite takes is known of the process only, and is held to the same. */
const MEMORY_MOST_MB = 300;
const workerMemory = {
  what: '',
  most: MEMORY_MOST_MB,
  unit: 'MB',
  value: ({ details }: Measurement) => details['workerHeapMb'],
} as const;
const addedMemory = {
  ...workerMemory,
  value: ({ details }: Measurement) => details['addedMb'],
} as const;
const scanToDurable = {
  what: 'p99 ',
  most: 50,
  unit: 'ms',
  value: ({ details }: Measurement) => details['p99ms'],
} as const;

/** DESIGN's numbers to hold, in its order, then those of memory and of typing. */
export const BARS: readonly Bar[] = [
  {
    work: 'first sync by a snapshot, searchable when done',
    measurement: 'first-sync-snapshot',
    most: 2,
    ...ratio,
  },
  { work: 'first sync by pages', measurement: 'first-sync-pages', most: 1.5, ...ratio },
  { work: '1,000 products changed', measurement: 'changed-1000-of-n', most: 1.5, ...ratio },
  { work: 'nothing changed', measurement: 'nothing-changed', most: 2, ...ratio },
  {
    work: 'nothing changed, on the wire',
    measurement: 'nothing-changed',
    what: '',
    most: 2_048,
    unit: 'bytes',
    value: ({ details }) => details['bytes'],
  },
  { work: '1,000 operations pushed', measurement: 'push-1000', most: 3, ...ratio },
  {
    work: 'search as you type, in the reader',
    measurement: 'search',
    what: 'p95 ',
    most: 5,
    unit: 'ms',
    value: ({ p95ms }) => p95ms,
  },
  {
    work: 'search as you type, as the app sees it',
    measurement: 'search',
    what: 'p95 ',
    most: 16,
    unit: 'ms',
    value: ({ details }) => details['callerP95ms'],
  },
  {
    work: 'main thread late, in sync and reads',
    measurement: 'main-thread-delay',
    what: 'p99 ',
    most: 10,
    unit: 'ms',
    value: ({ details }) => worst(details['p99ms'], details['searchP99ms']),
  },
  {
    work: 'main thread late, in sync and reads',
    measurement: 'main-thread-delay',
    what: 'max ',
    most: 50,
    unit: 'ms',
    value: ({ details }) => worst(details['maxMs'], details['searchMaxMs']),
  },
  {
    work: 'main thread late, in a sync by a snapshot',
    measurement: 'first-sync-snapshot',
    what: 'max ',
    most: 50,
    unit: 'ms',
    value: ({ details }) => details['loopMaxMs'],
  },
  {
    work: 'scan to durable during a sync by pages',
    measurement: 'scan-durable-pages',
    ...scanToDurable,
  },
  {
    work: 'scan to durable during a sync by a snapshot',
    measurement: 'scan-durable-snapshot',
    ...scanToDurable,
  },
  {
    work: 'heap and buffers of the data worker, by pages',
    measurement: 'first-sync-pages',
    ...workerMemory,
  },
  {
    work: 'all that a sync by pages adds to the process, SQLite included',
    measurement: 'first-sync-pages',
    ...addedMemory,
  },
  {
    work: 'heap and buffers of the data worker, by a snapshot',
    measurement: 'first-sync-snapshot',
    ...workerMemory,
  },
  {
    work: 'all that a sync by a snapshot adds to the process, SQLite included',
    measurement: 'first-sync-snapshot',
    ...addedMemory,
  },
  {
    work: 'typing during a first sync, key to frame',
    measurement: 'typing',
    what: 'p95 ',
    most: 50,
    unit: 'ms',
    value: ({ p95ms }) => p95ms,
  },
  {
    work: 'typing during a first sync, frame to frame',
    measurement: 'typing',
    what: 'p99 ',
    most: 50,
    unit: 'ms',
    value: ({ details }) => details['frameP99ms'],
  },
];
