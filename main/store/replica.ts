import { existsSync } from 'node:fs';
import { assert, must } from '../../shared/domain/assert.ts';
import { entitiesOf } from '../../shared/entities/registry.ts';
import { TallymanError } from '../../shared/errors.ts';
import { addHash, subtractHash } from '../../shared/sync/digest.ts';
import type { WireRow } from '../../shared/sync/row-check.ts';
import { type Scope, scopeKindOf } from '../../shared/sync/scope.ts';
import { createReplica } from '../../shared/replica/create-replica.ts';
import { EntityTable } from '../../shared/replica/entity-table.ts';
import { ParkedTable } from './parked-table.ts';
import { replicaSchema } from '../../shared/replica/replica-schema.ts';
import {
  readState,
  type ReplicaIdentity,
  type ReplicaState,
  writeState,
} from '../../shared/replica/replica-state.ts';
import { mergeSearchIndex } from '../../shared/replica/search/build-search-index.ts';
import type { PutResult, RowTable } from '../../shared/replica/row-table.ts';
import {
  createSearchIndexWriter,
  type SearchIndexWriter,
} from '../../shared/replica/search/search-index-writer.ts';
import { openWritable, translated, type WritableDatabase } from './sqlite.ts';

/** While a first sync fills the file; less, and a million rows read their own index pages back from the disk. */
const FILLING_CACHE_BYTES = 64 * 1024 * 1024;
/** Afterwards: a delta touches few pages, and a laptop may follow several sites. */
const CACHE_BYTES = 8 * 1024 * 1024;

/**
 * The writing side of one replica file: an exact mirror of a scope. Rows, cursor and digest change together between
 * `begin` and `commit`; the state in memory follows only after the commit.
 */
export class Replica {
  readonly file: string;
  readonly #db: WritableDatabase;
  readonly #tables: ReadonlyMap<string, EntityTable>;
  /** Entities that only a newer server knows. */
  readonly #parked = new Map<string, ParkedTable>();
  #search: SearchIndexWriter | null = null;
  #state: ReplicaState;
  #draft: ReplicaState | null = null;

  private constructor(file: string, db: WritableDatabase, state: ReplicaState) {
    this.file = file;
    this.#db = db;
    this.#state = state;
    this.#tables = new Map(
      entitiesOf(scopeKindOf(state.scope)).map((entity) => [
        entity.name,
        new EntityTable(db, entity),
      ]),
    );
  }

  /** Makes a new file with tables and no indexes. Throws if the file exists. */
  static create(file: string, identity: Omit<ReplicaIdentity, 'fingerprint'>): Replica {
    assert(!existsSync(file), `replica file ${file} exists`);
    const db = openFile(file);
    const state = createReplica(db, identity);
    return new Replica(file, db, state);
  }

  /** Throws STORE_DAMAGED if the file is missing, broken, of another scope, or made for other entity definitions. */
  static open(file: string, scope: Scope): Replica {
    return translated(file, () => {
      if (!existsSync(file)) throw unusable(file, 'is missing');
      const db = openFile(file);
      try {
        const state = readStateOf(db);
        if (state?.scope !== scope) throw unusable(file, 'is not a replica of this scope');
        if (state.fingerprint !== replicaSchema(scopeKindOf(scope)).fingerprint) {
          throw unusable(file, 'was made for other entity definitions');
        }
        const replica = new Replica(file, db, state);
        if (state.complete) replica.giveMemoryBack();
        return replica;
      } catch (error) {
        db.close();
        throw error;
      }
    });
  }

  get state(): ReplicaState {
    return this.#state;
  }

  begin(): void {
    assert(this.#draft === null, 'a replica transaction is open');
    translated(this.file, () => this.#db.exec('BEGIN IMMEDIATE'));
    this.#draft = this.#state;
    // While a first sync fills the file, the search index is left to `finish`, which builds it many times faster.
    if (this.#state.complete && this.#state.scope === 'catalogue') {
      this.#search ??= createSearchIndexWriter(this.#db);
    }
  }

  /** Commits rows together with where they lead. */
  commit(change: Partial<Omit<ReplicaState, keyof ReplicaIdentity | 'digest' | 'counts'>>): void {
    const next = { ...must(this.#draft, 'replica transaction'), ...change };
    translated(this.file, () => {
      this.#search?.flush();
      writeState(this.#db, next);
      this.#db.exec('COMMIT');
    });
    this.#draft = null;
    this.#state = next;
  }

  rollback(): void {
    if (this.#draft === null) return;
    this.#draft = null;
    // What the index writer has pending belongs to rows that are going away.
    this.#search = null;
    if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
  }

  /** Adds or replaces rows. A row that is not newer than the one held is left alone unless `force`. */
  putRows(entity: string, rows: readonly WireRow[], { force = false } = {}): void {
    const table = this.table(entity);
    const draft = must(this.#draft, 'replica transaction');
    let { count, sum } = draft.digest;
    for (const row of rows) {
      const put = table.put(row, force);
      if (put === null) continue;
      if (put.replacedHash === null) count += 1;
      else sum = subtractHash(sum, put.replacedHash);
      sum = addHash(sum, put.hash);
      this.#noteWritten(entity, String(row[0]), put);
    }
    this.#drafted(entity, draft, { count, sum });
  }

  /** Removes rows; ids that are not here are no error, because a page may come twice. Returns how many went. */
  removeRows(entity: string, ids: readonly string[]): number {
    const table = this.table(entity);
    const draft = must(this.#draft, 'replica transaction');
    let { count, sum } = draft.digest;
    for (const id of ids) {
      const removed = table.remove(id);
      if (removed === null) continue;
      count -= 1;
      sum = subtractHash(sum, removed.hash);
      if (entity === 'product') this.#search?.productRemoved(removed.localId);
    }
    this.#drafted(entity, draft, { count, sum });
    return draft.digest.count - count;
  }

  /** Search documents of products that changed, or whose brand or category was renamed. True while there are more. */
  reindexStep(rowsMax: number): boolean {
    return this.#search?.reindexPending(rowsMax) ?? false;
  }

  /** Steps that put the search index in order after `reindexStep`; none if it has not changed. */
  *mergeSteps(): Generator<void, void, void> {
    if (this.#search) yield* mergeSearchIndex(this.#db);
  }

  /** Pages of the log that are not in the file itself yet. */
  unfoldedPages(): number {
    const [log] = this.#db.pragma('wal_checkpoint(NOOP)') as {
      log: number;
      checkpointed: number;
    }[];
    return log ? log.log - log.checkpointed : 0;
  }

  table(entity: string): RowTable {
    const known = this.#tables.get(entity) ?? this.#parked.get(entity);
    if (known) return known;
    const parked = new ParkedTable(this.#db, entity);
    this.#parked.set(entity, parked);
    return parked;
  }

  /** Of all rows held: the scope's entities, and those that only a newer server knows. */
  entityNames(): string[] {
    const parked = this.#db.prepare('SELECT DISTINCT entity FROM parked_row').pluck().all();
    return [...this.#tables.keys(), ...(parked as string[])];
  }

  /** For the steps that build indexes and for repairs. */
  get database(): WritableDatabase {
    return this.#db;
  }

  /** Sets digest and counts to what the rows themselves say; only a repair, which has just looked at every row, may. */
  recount(recounted: Pick<ReplicaState, 'digest' | 'counts'>): void {
    this.#draft = { ...must(this.#draft, 'replica transaction'), ...recounted };
  }

  /** Of what is committed, by entity. */
  rowCounts(): Record<string, number> {
    return Object.fromEntries(
      [...this.#tables.keys()].map((name) => [name, this.#state.counts[name] ?? 0] as const),
    );
  }

  /** The filling is over: folds the log back into the file and gives the memory back. */
  settle(): void {
    translated(this.file, () => this.#db.pragma('wal_checkpoint(TRUNCATE)'));
    this.giveMemoryBack();
  }

  giveMemoryBack(): void {
    this.#db.pragma(`cache_size = -${CACHE_BYTES / 1024}`);
    this.#db.pragma('shrink_memory');
  }

  close(): void {
    this.rollback();
    this.#db.close();
  }

  #drafted(entity: string, draft: ReplicaState, digest: ReplicaState['digest']): void {
    const count = (draft.counts[entity] ?? 0) + digest.count - draft.digest.count;
    this.#draft = { ...draft, digest, counts: { ...draft.counts, [entity]: count } };
  }

  #noteWritten(entity: string, id: string, { localId, replacedHash }: PutResult): void {
    if (!this.#search) return;
    if (entity === 'product') this.#search.productWritten(localId, replacedHash === null);
    else if (entity === 'brand' || entity === 'category') {
      this.#search.borrowedRowWritten(entity, id);
    }
  }
}

function openFile(file: string): WritableDatabase {
  const db = openWritable(file, { durability: 'NORMAL', cacheBytes: FILLING_CACHE_BYTES });
  // A commit that folds the log back by itself takes ten times as long, and this thread serves people: see `foldLogs`.
  db.pragma('wal_autocheckpoint = 0');
  return db;
}

function readStateOf(db: WritableDatabase): ReplicaState | null {
  try {
    return readState(db);
  } catch (error) {
    if ((error as { code?: string }).code === 'SQLITE_ERROR') return null;
    throw error;
  }
}

function unusable(file: string, why: string): TallymanError {
  return new TallymanError('STORE_DAMAGED', `The replica file ${file} ${why}.`, {
    details: { file },
  });
}
