import { must } from '../../shared/domain/assert.ts';
import type { StoredValue } from '../../shared/entities/define-entity.ts';
import { ENTITIES, entitiesOf, entityNamed } from '../../shared/entities/registry.ts';
import { addHash, BUCKET_COUNT, bucketOf, type Digest, rowHash } from '../../shared/sync/digest.ts';
import type {
  EntityPage,
  PageToken,
  PullCursor,
  PullInput,
  PullOutput,
  PushInput,
  PushOutput,
  ScopeAnswer,
} from '../../shared/sync/protocol.ts';
import { CATALOGUE_SCOPE, type Scope, scopeKindOf, siteScope } from '../../shared/sync/scope.ts';
import { NO_SNAPSHOTS } from './no-snapshots.ts';
import type { SyncServer } from '../../main/sync/sync-server.ts';
import { type ErrorCode, TallymanError } from '../../shared/errors.ts';
import { judgeChange } from '../../shared/sync/judge-change.ts';
import type {
  MergedField,
  Operation,
  OperationOutcome,
  ParkedOperation,
  PushResult,
  RowChange,
  RowConflict,
} from '../../shared/sync/operation.ts';

type ModelCall = 'pull' | 'push' | 'digests' | 'bucketRows';

interface Change {
  scope: Scope;
  entity: string;
  id: string;
  version: number;
  /** Null for a tombstone. */
  values: readonly StoredValue[] | null;
}

/**
 * The sync protocol in its plainest form: an array of changes, filtered and sorted for every question. Slow, and easy to
 * believe, which is what tests of the laptop's side need.
 */
export class ModelSyncServer implements SyncServer {
  serverId: string;
  epoch: string;
  /** Smaller than the laptop asks for, so that small data makes many pages. */
  rowsPerPage = 7;
  /** Called before every answer; may write, throw, or abort the laptop's run. */
  beforeAnswer: (call: ModelCall) => void = () => undefined;
  /** Called before a push is looked at; may throw. */
  beforePush: (operations: PushInput['operations']) => void = () => undefined;
  /** Called when a push is done and its answer on its way; may throw, as a lost answer does. */
  afterPush: () => void = () => undefined;
  /** A code that an operation fails with for a reason that may pass. */
  failOperation: (operation: Operation | ParkedOperation) => ErrorCode | null = () => null;
  requests = 0;
  readonly #answers = new Map<string, { operationId: string; outcome: OperationOutcome }>();
  readonly #outcomes = new Map<string, OperationOutcome>();
  readonly #lastNumbers = new Map<string, number>();
  readonly #versions = new Map<Scope, number>();
  /** Its entities and their columns in wire order. */
  readonly #columns = new Map<string, string[]>(
    ENTITIES.map(({ name, columns }) => [name, columns.map((column) => column.name)]),
  );
  #changes: Change[] = [];

  constructor(options: { serverId: string; epoch: string }) {
    this.serverId = options.serverId;
    this.epoch = options.epoch;
  }

  /** One transaction of the server: all rows get the scope's next version. A null row deletes. */
  write(
    scope: Scope,
    rows: readonly { entity: string; id: string; row: Record<string, StoredValue> | null }[],
  ): void {
    const version = this.version(scope) + 1;
    this.#versions.set(scope, version);
    const touched = new Set(rows.map(({ entity, id }) => `${entity} ${id}`));
    this.#changes = this.#changes.filter(
      (change) => change.scope !== scope || !touched.has(`${change.entity} ${change.id}`),
    );
    for (const { entity, id, row } of rows) {
      const known = ENTITIES.find(({ name }) => name === entity)?.columns ?? [];
      const blank = (name: string): StoredValue => {
        const column = known.find((one) => one.name === name);
        return column?.otherwise ?? (column?.kind === 'boolean' ? 0 : null);
      };
      const values =
        row &&
        this.#columnsOf(entity).map((name) => (name === 'id' ? id : (row[name] ?? blank(name))));
      this.#changes.push({ scope, entity, id, version, values });
    }
  }

  /** An update of the server alone: a new entity, or a column after an entity's others, null in the rows there are. */
  addColumn(entity: string, column: string): void {
    if (!this.#columns.has(entity)) this.#columns.set(entity, ['id']);
    this.#columnsOf(entity).push(column);
    this.#changes = this.#changes.map((change) =>
      change.entity === entity && change.values !== null
        ? { ...change, values: [...change.values, null] }
        : change,
    );
  }

  /** A server from before the entity's last column was there. */
  dropLastColumn(entity: string): void {
    this.#columnsOf(entity).pop();
  }

  version(scope: Scope): number {
    return this.#versions.get(scope) ?? 0;
  }

  /** What a laptop must hold: every live row in stored form, its version last. */
  rows(scope: Scope): Map<string, readonly StoredValue[]> {
    const live = this.#changes.filter((change) => change.scope === scope && change.values !== null);
    return new Map(
      live.map(({ entity, id, values, version }) => [
        `${entity} ${id}`,
        [...(values ?? []), version],
      ]),
    );
  }

  digest(scope: Scope, only: (change: Change) => boolean = () => true): Digest {
    const digest = { count: 0, sum: 0 };
    for (const change of this.#changes) {
      if (change.scope !== scope || change.values === null || !only(change)) continue;
      digest.count += 1;
      digest.sum = addHash(digest.sum, rowHash(change.entity, change.values, change.version));
    }
    return digest;
  }

  /** Judges and stores as the real one does, in memory. */
  async push(input: PushInput, signal: AbortSignal): Promise<PushOutput> {
    await this.#enter('push', signal);
    this.beforePush(input.operations);
    const { serverId } = this;
    const results: PushResult[] = [];
    for (const operation of input.operations) {
      const { number, operationId } = operation;
      const reached = this.lastNumber(input.deviceId);
      if (number > reached + 1) {
        return { serverId, results, stop: { kind: 'gap', expected: reached + 1 } };
      }
      const known = this.#answers.get(`${input.deviceId} ${number}`);
      if (known && known.operationId !== operationId) {
        throw new TallymanError('DEVICE_COPIED', 'another operation has this number');
      }
      const code = known ? null : this.failOperation(operation);
      if (code !== null) {
        const stop = { kind: 'retry' as const, number, code, message: 'failed', afterMs: 1 };
        return { serverId, results, stop };
      }
      const outcome = known?.outcome ?? this.#outcomes.get(operationId) ?? this.#apply(operation);
      this.#answers.set(`${input.deviceId} ${number}`, { operationId, outcome });
      this.#outcomes.set(operationId, outcome);
      this.#lastNumbers.set(input.deviceId, Math.max(reached, number));
      results.push({ number, operationId, outcome, repeated: known !== undefined });
    }
    this.afterPush();
    return { serverId, results, stop: null };
  }

  /** As after a restored backup: later operations of the device were never here. */
  forgetNumbersAfter(deviceId: string, number: number): void {
    const reached = this.lastNumber(deviceId);
    for (let lost = number + 1; lost <= reached; lost++) {
      const answer = this.#answers.get(`${deviceId} ${lost}`);
      this.#answers.delete(`${deviceId} ${lost}`);
      if (answer) this.#outcomes.delete(answer.operationId);
    }
    this.#lastNumbers.set(deviceId, number);
  }

  lastNumber(deviceId: string): number {
    return this.#lastNumbers.get(deviceId) ?? 0;
  }

  /** A row in stored form; null if there is none. */
  row(scope: Scope, entity: string, id: string): Record<string, StoredValue> | null {
    const values = this.rows(scope).get(`${entity} ${id}`);
    if (!values) return null;
    return Object.fromEntries(
      entityNamed(entity).columns.map(({ name }, at) => [name, values[at] ?? null]),
    );
  }

  /** All changes of an operation in one version of each scope, or none. */
  #apply(operation: Operation | ParkedOperation): OperationOutcome {
    if ('parked' in operation) return { kind: 'parked' };
    const writes = new Map<Scope, Parameters<ModelSyncServer['write']>[1][number][]>();
    const conflicts: RowConflict[] = [];
    const merged: MergedField[] = [];
    for (const change of operation.changes) {
      const entity = entityNamed(change.entity);
      const scope = this.#scopeOf(change);
      const current = this.row(scope, change.entity, change.id);
      const verdict = judgeChange(entity, change, current);
      if (verdict.kind === 'refused') {
        return { kind: 'rejected', code: 'FORBIDDEN', message: verdict.reason, details: {} };
      }
      if (verdict.kind === 'conflict') conflicts.push(verdict.conflict);
      if (verdict.kind === 'write' && verdict.conflict) conflicts.push(verdict.conflict);
      if (verdict.kind === 'write') merged.push(...verdict.merged);
      if (verdict.kind !== 'write' && verdict.kind !== 'delete') continue;
      const row = verdict.kind === 'write' ? { ...verdict.row } : null;
      writes.set(scope, [
        ...(writes.get(scope) ?? []),
        { entity: entity.name, id: change.id, row },
      ]);
    }
    for (const [scope, rows] of writes) this.write(scope, rows);
    const versions = Object.fromEntries(
      [...writes.keys()].map((scope) => [scope, this.version(scope)]),
    );
    if (conflicts.length > 0) return { kind: 'conflict', versions, merged, conflicts };
    return { kind: 'applied', versions, merged };
  }

  #scopeOf(change: RowChange): Scope {
    if (entityNamed(change.entity).scope === 'catalogue') return CATALOGUE_SCOPE;
    const values = change.kind === 'create' ? change.row : change.from;
    const siteId = values['site_id'];
    if (typeof siteId === 'string') return siteScope(siteId);
    const scopes = [...this.#versions.keys()];
    const found = scopes.find((scope) => this.row(scope, change.entity, change.id) !== null);
    return found ?? scopes.find((scope) => scope !== CATALOGUE_SCOPE) ?? CATALOGUE_SCOPE;
  }

  readonly snapshot = NO_SNAPSHOTS.snapshot;
  readonly snapshotBytes = NO_SNAPSHOTS.snapshotBytes;

  bytesReceived(): number {
    return 0;
  }

  async pull(input: PullInput, signal: AbortSignal): Promise<PullOutput> {
    await this.#enter('pull', signal);
    if (input.serverId !== null && input.serverId !== this.serverId) {
      throw new TallymanError('SERVER_REPLACED', 'another server');
    }
    return {
      serverId: this.serverId,
      lastNumber: this.lastNumber(input.deviceId),
      scopes: input.cursors.map((cursor) => this.#answer(cursor)),
    };
  }

  async digests(
    { scope }: { scope: Scope },
    signal: AbortSignal,
  ): ReturnType<SyncServer['digests']> {
    await this.#enter('digests', signal);
    const ofScope = entitiesOf(scopeKindOf(scope)).map(({ name }): string => name);
    const unknown = [...this.#columns.keys()].filter((name) => !PLACES.has(name));
    const entities = [...ofScope, ...unknown].map((name) => ({
      entity: name,
      buckets: Array.from({ length: BUCKET_COUNT }, (_, bucket) =>
        this.digest(scope, (change) => change.entity === name && bucketOf(change.id) === bucket),
      ),
    }));
    return { epoch: this.epoch, version: this.version(scope), entities };
  }

  async bucketRows(
    input: Parameters<SyncServer['bucketRows']>[0],
    signal: AbortSignal,
  ): ReturnType<SyncServer['bucketRows']> {
    await this.#enter('bucketRows', signal);
    const found = this.#changes
      .filter(
        (change) =>
          change.scope === input.scope &&
          change.entity === input.entity &&
          change.values !== null &&
          input.buckets.includes(bucketOf(change.id)) &&
          change.id > (input.afterId ?? ''),
      )
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const [page] = this.#pagesOf(found.slice(0, this.rowsPerPage));
    const columns = [...this.#columnsOf(input.entity), 'row_version'];
    return {
      epoch: this.epoch,
      version: this.version(input.scope),
      page: page ?? { entity: input.entity, columns, rows: [], deletes: [] },
      more: found.length > this.rowsPerPage,
    };
  }

  #columnsOf(entity: string): string[] {
    return must(this.#columns.get(entity), `entity ${entity}`);
  }

  #pagesOf(changes: readonly Change[]): EntityPage[] {
    return [...Map.groupBy(changes, ({ entity }) => entity)].map(([entity, own]) => ({
      entity,
      columns: [...this.#columnsOf(entity), 'row_version'],
      rows: own.flatMap(({ values, version }) => (values === null ? [] : [[...values, version]])),
      deletes: own.flatMap(({ id, values }) => (values === null ? [id] : [])),
    }));
  }

  async #enter(call: ModelCall, signal: AbortSignal): Promise<void> {
    this.requests += 1;
    await new Promise((next) => setImmediate(next));
    this.beforeAnswer(call);
    if (signal.aborted) throw new TallymanError('CANCELLED', 'cancelled');
  }

  #answer(cursor: PullCursor): ScopeAnswer {
    const { scope } = cursor;
    const version = this.version(scope);
    const base = { scope, epoch: this.epoch, version, digest: this.digest(scope) };
    if (version === 0) return { kind: 'unknown', scope };
    if (cursor.epoch !== null && cursor.epoch !== this.epoch) {
      return { kind: 'resync', ...base, reason: 'epoch' };
    }
    if (cursor.version > version) return { kind: 'resync', ...base, reason: 'ahead' };
    const startedAt = cursor.startVersion ?? version;
    const due = this.#changes
      .filter((change) => change.scope === scope)
      .filter((change) =>
        cursor.after ? isAfter(change, cursor.after) : change.version > cursor.version,
      )
      .filter(
        (change) => change.values !== null || cursor.version > 0 || change.version > startedAt,
      )
      .toSorted((a, b) => (isAfter(a, tokenOf(b)) ? 1 : -1));
    const page = due.slice(0, this.rowsPerPage);
    const last = page.at(-1);
    return {
      kind: 'page',
      ...base,
      entities: this.#pagesOf(page),
      more: due.length > page.length,
      after: last ? tokenOf(last) : cursor.after,
    };
  }
}

const PLACES = new Map<string, number>(ENTITIES.map(({ name }, at) => [name, at]));

function tokenOf(change: Change): PageToken {
  return {
    version: change.version,
    entity: PLACES.get(change.entity) ?? PLACES.size,
    id: change.id,
  };
}

function isAfter(change: Change, token: PageToken): boolean {
  const own = tokenOf(change);
  if (own.version !== token.version) return own.version > token.version;
  if (own.entity !== token.entity) return own.entity > token.entity;
  return own.id > token.id;
}
