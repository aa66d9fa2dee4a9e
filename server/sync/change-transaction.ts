import type { Kysely, Transaction } from 'kysely';
import { must } from '../../shared/domain/assert.ts';
import type { StoredValue } from '../../shared/entities/define-entity.ts';
import { TallymanError } from '../../shared/errors.ts';
import { rowHash } from '../../shared/sync/digest.ts';
import { CATALOGUE_SCOPE, type Scope, siteScope } from '../../shared/sync/scope.ts';
import { flavourOf } from '../store/engine/flavour-of.ts';
import { type EntityStorage, storageNamed } from '../store/entity-storage.ts';
import type { ServerStore } from '../store/open-store.ts';
import type { HeldRow } from '../store/row-reader.ts';
import {
  type EntityRows,
  OPERATION_DELETE,
  OPERATION_LEAVE,
  type ServerDatabase,
  type TableName,
  type UntypedDatabase,
} from '../store/server-database.ts';
import { type LockedScopes, ScopeNotLocked } from './locked-scopes.ts';
import { ScopeTouch } from './scope-touch.ts';

/** What `commitChanges` gives to its work: reads by `db`, writes by the methods. */
export class ChangeTransaction {
  /** Sees what the methods below have written. Never write entities through it: nobody would hear of the change. */
  readonly db: Transaction<ServerDatabase>;
  readonly #store: ServerStore;
  readonly #touched = new Map<Scope, ScopeTouch>();
  readonly #locked: LockedScopes;
  #refusal: ScopeNotLocked | null = null;

  /** `locked`: the scopes that nobody else can change meanwhile. */
  constructor(store: ServerStore, db: Transaction<ServerDatabase>, locked: LockedScopes) {
    this.#store = store;
    this.db = db;
    this.#locked = locked;
  }

  /** Throws CONFLICT if an id or another unique value is taken. Rows must be valid by the entity's schema. */
  async insert<TName extends TableName>(
    entity: TName,
    rows: readonly EntityRows[TName][],
  ): Promise<void> {
    const storage = storageNamed(entity);
    const tableRows: StoredValue[][] = [];
    const stored = rows.map((row) => ({ id: row.id, values: storage.toStored(row) }));
    this.#expectRows(storage, stored);
    for (const { id, values } of stored) {
      const touch = await this.#touch(scopeOf(storage, values));
      touch.enter(storage.place, id, hashOf(storage, values, touch.version));
      tableRows.push(storage.toTableRow(values, touch.version));
    }
    await this.#store.bulk.write(this.db, storage.insert, tableRows);
    if (entity === 'site') await this.#addScopes(rows.map((row) => siteScope(row.id)));
  }

  /**
   * Whole rows, found by id. A row that is the same as the stored one is left alone. Returns how many differed. `held` are
   * rows as this transaction has read them, and not changed since; the others are read here.
   */
  async update<TName extends TableName>(
    entity: TName,
    rows: readonly EntityRows[TName][],
    held: ReadonlyMap<string, HeldRow> = new Map(),
  ): Promise<number> {
    const storage = storageNamed(entity);
    const unread = rows.flatMap(({ id }) => (held.has(id) ? [] : [id]));
    const stored = new Map([...held, ...(await this.#storedRows(storage, unread))]);
    this.#expectRows(storage, stored.values());
    const tableRows: StoredValue[][] = [];
    for (const row of rows) {
      const before = stored.get(row.id);
      if (before === undefined) throw missing(entity, row.id);
      const values = storage.toStored(row);
      if (values.every((value, at) => value === before.values[at])) continue;
      const scope = scopeOf(storage, values);
      const scopeBefore = scopeOf(storage, before.values);
      const touch = await this.#touch(scope);
      const touchBefore = scope === scopeBefore ? touch : await this.#touch(scopeBefore);
      touchBefore.exit(storage.place, row.id, {
        operation: OPERATION_LEAVE,
        hash: hashOf(storage, before.values, before.version),
      });
      touch.enter(storage.place, row.id, hashOf(storage, values, touch.version));
      tableRows.push(storage.toTableRow(values, touch.version));
      stored.set(row.id, { id: row.id, values, version: touch.version });
    }
    await this.#store.bulk.write(this.db, storage.upsert, tableRows);
    return tableRows.length;
  }

  /** Ids that are not there are passed over. Returns how many were. */
  async remove(entity: TableName, ids: readonly string[]): Promise<number> {
    const storage = storageNamed(entity);
    const stored = await this.#storedRows(storage, ids);
    this.#expectRows(storage, stored.values());
    for (const { id, values, version } of stored.values()) {
      const touch = await this.#touch(scopeOf(storage, values));
      touch.exit(storage.place, id, {
        operation: OPERATION_DELETE,
        hash: hashOf(storage, values, version),
      });
    }
    await untyped(this.db)
      .deleteFrom(entity)
      .where(flavourOf(this.db).idAmong('id', [...stored.keys()]))
      .execute();
    if (entity === 'site') await this.#dropScopes([...stored.keys()].map(siteScope));
    return stored.size;
  }

  /** As they are now. Ids that are not there are left out. */
  async rows(entity: TableName, ids: readonly string[]): Promise<HeldRow[]> {
    return this.#store.rows.byIds(this.db, storageNamed(entity), ids);
  }

  /** The version that this transaction gives the scope, which rises even if none of its rows is different in the end. */
  async versionOf(scope: Scope): Promise<number> {
    return (await this.#touch(scope)).version;
  }

  /** Says which scopes may be changed later on, so that all those which are not held yet are found at once. */
  expectScopes(scopes: Iterable<Scope>): void {
    const locked = this.#locked;
    if (locked === 'all') return;
    const wanting = [...new Set(scopes)].filter((scope) => !locked.has(scope));
    if (wanting.length > 0) throw this.#refuse(wanting);
  }

  /** What was thrown for want of a scope, in case that somebody took it for an error of theirs. */
  get refusal(): ScopeNotLocked | null {
    return this.#refusal;
  }

  /** What the transaction has to enter at its end. */
  touches(): readonly ScopeTouch[] {
    return [...this.#touched.values()];
  }

  async #touch(scope: Scope): Promise<ScopeTouch> {
    const known = this.#touched.get(scope);
    if (known !== undefined) return known;
    const row = await this.db
      .selectFrom('sync_scope')
      .select(['scope_id', 'version'])
      .where('scope', '=', scope)
      .executeTakeFirst();
    if (row === undefined) {
      throw new TallymanError('UNKNOWN_SITE', 'There is no such site.', { details: { scope } });
    }
    if (this.#locked !== 'all' && this.#locked.get(scope) !== true) {
      throw this.#refuse([scope]);
    }
    const touch = new ScopeTouch(scope, row.scope_id, row.version + 1);
    this.#touched.set(scope, touch);
    return touch;
  }

  #expectRows(storage: EntityStorage, rows: Iterable<{ values: readonly StoredValue[] }>): void {
    if (this.#locked === 'all') return;
    this.expectScopes([...rows].map(({ values }) => scopeOf(storage, values)));
  }

  #refuse(scopes: readonly Scope[]): ScopeNotLocked {
    this.#refusal = new ScopeNotLocked(scopes);
    return this.#refusal;
  }

  async #storedRows(storage: EntityStorage, ids: readonly string[]): Promise<Map<string, HeldRow>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#store.rows.byIds(this.db, storage, ids);
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** The site's own scope begins with the site. */
  async #addScopes(scopes: readonly Scope[]): Promise<void> {
    for (const scope of scopes) {
      const last = await this.db
        .selectFrom('sync_scope')
        .select((row) => row.fn.max('scope_id').as('scope_id'))
        .executeTakeFirst();
      await this.db
        .insertInto('sync_scope')
        .values({
          scope_id: must(last, 'the scope of the catalogue').scope_id + 1,
          scope,
          epoch: this.#store.makeEpoch(),
          version: 0,
          floor_version: 0,
          row_count: 0,
          row_sum: 0,
        })
        .execute();
      // Nobody else sees it before the commit.
      if (this.#locked !== 'all') this.#locked.set(scope, true);
    }
  }

  /** Ends with the site. A site made anew under the same id has another history, and so another epoch. */
  async #dropScopes(scopes: readonly Scope[]): Promise<void> {
    for (const scope of scopes) {
      const { scopeId } = await this.#touch(scope);
      this.#touched.delete(scope);
      await this.db.deleteFrom('sync_change').where('scope_id', '=', scopeId).execute();
      await this.db.deleteFrom('sync_scope').where('scope_id', '=', scopeId).execute();
    }
  }
}

function untyped(db: Transaction<ServerDatabase>): Kysely<UntypedDatabase> {
  return db as unknown as Kysely<UntypedDatabase>;
}

function scopeOf(storage: EntityStorage, values: readonly StoredValue[]): Scope {
  return storage.siteColumn === null
    ? CATALOGUE_SCOPE
    : siteScope(String(values[storage.siteColumn]));
}

function hashOf(storage: EntityStorage, values: readonly StoredValue[], version: number): number {
  return rowHash(storage.definition.name, values, version);
}

function missing(entity: string, id: string): TallymanError {
  return new TallymanError('NOT_FOUND', `There is no ${entity.replaceAll('_', ' ')} ${id}.`, {
    details: { entity, id },
  });
}
