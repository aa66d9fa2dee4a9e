import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** In seconds. Laptops give up after twenty. */
const CALL_BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20];
const BUILD_BUCKETS = [0.5, 1, 2, 5, 10, 30, 60, 120, 300, 900];

/**
 * What a server counts. Labels have few values, all of them known beforehand: procedures, codes, kinds, and the codes of the
 * organisations, never people, laptops, sites or anything that somebody typed. docs/OPERATIONS.md says what each means.
 */
const METRICS = {
  calls: {
    kind: 'histogram',
    name: 'tallyman_call_seconds',
    help: 'Time that calls of procedures took, by what came of them: ok, or the code of the error.',
    labelNames: ['procedure', 'outcome'],
    buckets: CALL_BUCKETS,
  },
  requests: {
    kind: 'counter',
    name: 'tallyman_http_requests_total',
    help: 'Requests by what they were for and how they ended; status "broken" if the connection did first.',
    labelNames: ['kind', 'status'],
  },
  bytesSent: {
    kind: 'counter',
    name: 'tallyman_http_sent_bytes_total',
    help: 'Bytes of bodies of complete answers, as they travelled.',
    labelNames: ['kind'],
  },
  bytesReceived: {
    kind: 'counter',
    name: 'tallyman_http_received_bytes_total',
    help: 'Bytes of bodies of requests, by their own word.',
    labelNames: ['kind'],
  },
  rateLimited: {
    kind: 'counter',
    name: 'tallyman_rate_limited_total',
    help: 'Requests and calls that were refused because there were too many of them.',
    labelNames: ['kind'],
  },
  operations: {
    kind: 'counter',
    name: 'tallyman_operations_total',
    help: 'Operations of laptops by what became of them; repeated ones had their answer before.',
    labelNames: ['outcome'],
  },
  rowsPulled: {
    kind: 'counter',
    name: 'tallyman_pulled_rows_total',
    help: 'Rows sent to laptops by pages.',
    labelNames: [],
  },
  deletesPulled: {
    kind: 'counter',
    name: 'tallyman_pulled_deletes_total',
    help: 'Deletes and leaves sent to laptops by pages.',
    labelNames: [],
  },
  resyncs: {
    kind: 'counter',
    name: 'tallyman_resyncs_total',
    help: 'Scopes that a laptop was told to fetch anew, by the reason.',
    labelNames: ['reason'],
  },
  snapshotsAsked: {
    kind: 'counter',
    name: 'tallyman_snapshots_asked_total',
    help: 'Laptops that asked for a snapshot, by whether there was one.',
    labelNames: ['outcome'],
  },
  snapshotBuilds: {
    kind: 'histogram',
    name: 'tallyman_snapshot_build_seconds',
    help: 'Snapshots built by this process: built, or failed.',
    labelNames: ['outcome'],
    buckets: BUILD_BUCKETS,
  },
  signIns: {
    kind: 'counter',
    name: 'tallyman_sign_ins_total',
    help: 'Sign-ins and refreshed sessions, by outcome: ok, or the code of the error.',
    labelNames: ['how', 'outcome'],
  },
  streams: {
    kind: 'gauge',
    name: 'tallyman_poke_subscribers',
    help: 'Laptops that wait for news here.',
    labelNames: ['organisation'],
  },
  databaseUp: {
    kind: 'gauge',
    name: 'tallyman_database_up',
    help: 'Whether the database answered the questions behind these numbers.',
    labelNames: ['organisation'],
  },
  databaseAnswer: {
    kind: 'gauge',
    name: 'tallyman_database_answer_seconds',
    help: 'Time that the database took for the least of questions, waiting for a connection included.',
    labelNames: ['organisation'],
  },
  connections: {
    kind: 'gauge',
    name: 'tallyman_database_connections',
    help: 'Connections of the pools, and requests that wait for one. PostgreSQL only.',
    labelNames: ['organisation', 'pool', 'state'],
  },
  rows: {
    kind: 'gauge',
    name: 'tallyman_scope_rows',
    help: 'Rows of all scopes of a kind.',
    labelNames: ['organisation', 'scope_kind'],
  },
  scopes: {
    kind: 'gauge',
    name: 'tallyman_scopes',
    help: 'Scopes of a kind.',
    labelNames: ['organisation', 'scope_kind'],
  },
  versions: {
    kind: 'gauge',
    name: 'tallyman_scope_versions',
    help: 'Sum of the versions of all scopes of a kind: its rise is the rate of commits.',
    labelNames: ['organisation', 'scope_kind'],
  },
  laptopsSeen: {
    kind: 'gauge',
    name: 'tallyman_laptops_seen',
    help: 'Laptops that were seen within so many seconds; +Inf: all that are not revoked.',
    labelNames: ['organisation', 'within_seconds'],
  },
  operationsWaiting: {
    kind: 'gauge',
    name: 'tallyman_laptop_operations_waiting',
    help: 'Operations that wait on laptops, as these reported last.',
    labelNames: ['organisation'],
  },
  operationsRefused: {
    kind: 'gauge',
    name: 'tallyman_laptop_operations_refused',
    help: 'Operations that were refused and wait for a person, as laptops reported last.',
    labelNames: ['organisation'],
  },
  oldestWaiting: {
    kind: 'gauge',
    name: 'tallyman_laptop_oldest_waiting_seconds',
    help: 'Age of the oldest operation that waits on any laptop, as these reported last.',
    labelNames: ['organisation'],
  },
} as const satisfies Readonly<Record<string, MetricRow>>;

interface MetricRow {
  kind: 'counter' | 'gauge' | 'histogram';
  name: string;
  help: string;
  labelNames: readonly string[];
  buckets?: readonly number[] | undefined;
}

interface OfLabels<TLabel extends string> {
  counter: Counter<TLabel>;
  gauge: Gauge<TLabel>;
  histogram: Histogram<TLabel>;
}
type Metrics = {
  [TName in keyof typeof METRICS]: OfLabels<
    (typeof METRICS)[TName]['labelNames'][number]
  >[(typeof METRICS)[TName]['kind']];
};

export interface ServerMetrics extends Metrics {
  registry: Registry;
  /** Of the process: memory, CPU, event loop, garbage collection. One per process. */
  observeProcess: () => void;
}

export function createServerMetrics(): ServerMetrics {
  const registry = new Registry();
  const made = Object.entries(METRICS).map(([name, row]) => [name, metricOf(row, registry)]);
  return {
    // The type of each follows from its row.
    ...(Object.fromEntries(made) as Metrics),
    registry,
    observeProcess: () => collectDefaultMetrics({ register: registry }),
  };
}

function metricOf(
  { kind, name, help, labelNames, buckets = [] }: MetricRow,
  registry: Registry,
): Counter | Gauge | Histogram {
  const shared = { name, help, labelNames: [...labelNames], registers: [registry] };
  if (kind === 'histogram') return new Histogram({ ...shared, buckets: [...buckets] });
  return kind === 'gauge' ? new Gauge(shared) : new Counter(shared);
}
