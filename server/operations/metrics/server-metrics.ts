import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** In seconds. Laptops give up after twenty. */
const CALL_BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20];
const BUILD_BUCKETS = [0.5, 1, 2, 5, 10, 30, 60, 120, 300, 900];

/**
 * What a server counts. Labels have few values, all of them known beforehand: procedures, codes, kinds, and the codes of the
 * organisations, never people, laptops, sites or anything that somebody typed. docs/OPERATIONS.md says what each means.
 */
export class ServerMetrics {
  readonly registry = new Registry();
  readonly calls = new Histogram({
    name: 'tallyman_call_seconds',
    help: 'Time that calls of procedures took, by what came of them: ok, or the code of the error.',
    labelNames: ['procedure', 'outcome'] as const,
    buckets: CALL_BUCKETS,
    registers: [this.registry],
  });
  readonly requests = this.#counter(
    'tallyman_http_requests_total',
    'Requests by what they were for and how they ended; status "broken" if the connection did first.',
    ['kind', 'status'] as const,
  );
  readonly bytesSent = this.#counter(
    'tallyman_http_sent_bytes_total',
    'Bytes of bodies of complete answers, as they travelled.',
    ['kind'] as const,
  );
  readonly bytesReceived = this.#counter(
    'tallyman_http_received_bytes_total',
    'Bytes of bodies of requests, by their own word.',
    ['kind'] as const,
  );
  readonly rateLimited = this.#counter(
    'tallyman_rate_limited_total',
    'Requests and calls that were refused because there were too many of them.',
    ['kind'] as const,
  );
  readonly operations = this.#counter(
    'tallyman_operations_total',
    'Operations of laptops by what became of them; repeated ones had their answer before.',
    ['outcome'] as const,
  );
  readonly rowsPulled = this.#counter(
    'tallyman_pulled_rows_total',
    'Rows sent to laptops by pages.',
  );
  readonly deletesPulled = this.#counter(
    'tallyman_pulled_deletes_total',
    'Deletes and leaves sent to laptops by pages.',
  );
  readonly resyncs = this.#counter(
    'tallyman_resyncs_total',
    'Scopes that a laptop was told to fetch anew, by the reason.',
    ['reason'] as const,
  );
  readonly snapshotsAsked = this.#counter(
    'tallyman_snapshots_asked_total',
    'Laptops that asked for a snapshot, by whether there was one.',
    ['outcome'] as const,
  );
  readonly snapshotBuilds = new Histogram({
    name: 'tallyman_snapshot_build_seconds',
    help: 'Snapshots built by this process: built, or failed.',
    labelNames: ['outcome'] as const,
    buckets: BUILD_BUCKETS,
    registers: [this.registry],
  });
  readonly signIns = this.#counter(
    'tallyman_sign_ins_total',
    'Sign-ins and refreshed sessions, by outcome: ok, or the code of the error.',
    ['how', 'outcome'] as const,
  );
  readonly streams = this.#gauge('tallyman_poke_subscribers', 'Laptops that wait for news here.');
  readonly databaseUp = this.#gauge(
    'tallyman_database_up',
    'Whether the database answered the questions behind these numbers.',
  );
  readonly databaseAnswer = this.#gauge(
    'tallyman_database_answer_seconds',
    'Time that the database took for the least of questions, waiting for a connection included.',
  );
  readonly connections = new Gauge({
    name: 'tallyman_database_connections',
    help: 'Connections of the pools, and requests that wait for one. PostgreSQL only.',
    labelNames: ['organisation', 'pool', 'state'] as const,
    registers: [this.registry],
  });
  readonly rows = this.#scopeGauge('tallyman_scope_rows', 'Rows of all scopes of a kind.');
  readonly scopes = this.#scopeGauge('tallyman_scopes', 'Scopes of a kind.');
  readonly versions = this.#scopeGauge(
    'tallyman_scope_versions',
    'Sum of the versions of all scopes of a kind: its rise is the rate of commits.',
  );
  readonly laptopsSeen = new Gauge({
    name: 'tallyman_laptops_seen',
    help: 'Laptops that were seen within so many seconds; +Inf: all that are not revoked.',
    labelNames: ['organisation', 'within_seconds'] as const,
    registers: [this.registry],
  });
  readonly operationsWaiting = this.#gauge(
    'tallyman_laptop_operations_waiting',
    'Operations that wait on laptops, as these reported last.',
  );
  readonly operationsRefused = this.#gauge(
    'tallyman_laptop_operations_refused',
    'Operations that were refused and wait for a person, as laptops reported last.',
  );
  readonly oldestWaiting = this.#gauge(
    'tallyman_laptop_oldest_waiting_seconds',
    'Age of the oldest operation that waits on any laptop, as these reported last.',
  );

  /** Of the process: memory, CPU, event loop, garbage collection. One per process. */
  observeProcess(): void {
    collectDefaultMetrics({ register: this.registry });
  }

  #counter<TLabel extends string = never>(
    name: string,
    help: string,
    labelNames: readonly TLabel[] = [],
  ): Counter<TLabel> {
    return new Counter({ name, help, labelNames: [...labelNames], registers: [this.registry] });
  }

  #gauge(name: string, help: string): Gauge<'organisation'> {
    return new Gauge({ name, help, labelNames: ['organisation'], registers: [this.registry] });
  }

  #scopeGauge(name: string, help: string): Gauge<'organisation' | 'scope_kind'> {
    const labelNames = ['organisation', 'scope_kind'] as const;
    return new Gauge({ name, help, labelNames: [...labelNames], registers: [this.registry] });
  }
}
