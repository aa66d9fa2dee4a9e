import type { StoredValue } from '../../shared/entities/define-entity.ts';
import {
  ENTITIES,
  entitiesOf,
  type EntityName,
  entityNamed,
} from '../../shared/entities/registry.ts';
import { addHash, BUCKET_COUNT, bucketOf, type Digest, rowHash } from '../../shared/sync/digest.ts';
import type {
  EntityPage,
  PageToken,
  PullCursor,
  PullInput,
  PullOutput,
  ScopeAnswer,
} from '../../shared/sync/protocol.ts';
import { wireColumns } from '../../shared/sync/row-check.ts';
import { type Scope, scopeKindOf } from '../../shared/sync/scope.ts';
import type { SyncServer } from '../../main/sync/sync-server.ts';
import { TallymanError } from '../../shared/errors.ts';

interface Change {
  scope: Scope;
  entity: EntityName;
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
  beforeAnswer: (call: 'pull' | 'digests' | 'bucketRows') => void = () => undefined;
  requests = 0;
  readonly #versions = new Map<Scope, number>();
  #changes: Change[] = [];

  constructor(options: { serverId: string; epoch: string }) {
    this.serverId = options.serverId;
    this.epoch = options.epoch;
  }

  /** One transaction of the server: all rows get the scope's next version. A null row deletes. */
  write(
    scope: Scope,
    rows: readonly { entity: EntityName; id: string; row: Record<string, StoredValue> | null }[],
  ): void {
    const version = this.version(scope) + 1;
    this.#versions.set(scope, version);
    const touched = new Set(rows.map(({ entity, id }) => `${entity} ${id}`));
    this.#changes = this.#changes.filter(
      (change) => change.scope !== scope || !touched.has(`${change.entity} ${change.id}`),
    );
    for (const { entity, id, row } of rows) {
      const columns = entityNamed(entity).columns;
      const values = row && columns.map(({ name }) => (name === 'id' ? id : (row[name] ?? null)));
      this.#changes.push({ scope, entity, id, version, values });
    }
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
      lastNumber: 0,
      scopes: input.cursors.map((cursor) => this.#answer(cursor)),
    };
  }

  async digests(
    { scope }: { scope: Scope },
    signal: AbortSignal,
  ): ReturnType<SyncServer['digests']> {
    await this.#enter('digests', signal);
    const entities = entitiesOf(scopeKindOf(scope)).map(({ name }) => ({
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
    const [page] = pagesOf(found.slice(0, this.rowsPerPage));
    const columns = wireColumns(entityNamed(input.entity));
    return {
      epoch: this.epoch,
      version: this.version(input.scope),
      page: page ?? { entity: input.entity as EntityName, columns, rows: [], deletes: [] },
      more: found.length > this.rowsPerPage,
    };
  }

  async #enter(call: 'pull' | 'digests' | 'bucketRows', signal: AbortSignal): Promise<void> {
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
      entities: pagesOf(page),
      more: due.length > page.length,
      after: last ? tokenOf(last) : cursor.after,
    };
  }
}

const PLACES = new Map<string, number>(ENTITIES.map(({ name }, at) => [name, at]));

function tokenOf(change: Change): PageToken {
  return { version: change.version, entity: PLACES.get(change.entity) ?? 0, id: change.id };
}

function isAfter(change: Change, token: PageToken): boolean {
  const own = tokenOf(change);
  if (own.version !== token.version) return own.version > token.version;
  if (own.entity !== token.entity) return own.entity > token.entity;
  return own.id > token.id;
}

function pagesOf(changes: readonly Change[]): EntityPage[] {
  const pages = new Map<EntityName, { rows: StoredValue[][]; deletes: string[] }>();
  for (const { entity, id, version, values } of changes) {
    const page = pages.get(entity) ?? { rows: [], deletes: [] };
    pages.set(entity, page);
    if (values === null) page.deletes.push(id);
    else page.rows.push([...values, version]);
  }
  return [...pages].map(([entity, page]) => ({
    entity,
    columns: wireColumns(entityNamed(entity)),
    ...page,
  }));
}
