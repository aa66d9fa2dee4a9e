import type { DesktopApp } from '../../main/app/desktop-app.ts';
import type { RecordView, RecordWrite } from '../../shared/desktop/record-views.ts';
import type { StoredRow } from '../../shared/entities/define-entity.ts';
import { entityNamed } from '../../shared/entities/registry.ts';
import { TallymanError } from '../../shared/errors.ts';
import type { RowChange } from '../../shared/sync/operation.ts';
import type { FakeStore } from './fake-store.ts';

export function createFakeRecords(store: FakeStore, calls: string[]): DesktopApp['records'] {
  const view = (entity: string, id: string, row: StoredRow): RecordView => ({
    id,
    row,
    pending: store.isPending(entity, id),
    conflict: store.isInConflict(entity, id),
  });
  return {
    list: async ({ entity, where, cursor, limit }) => {
      const found = store
        .rows(entity)
        .filter(({ row }) => Object.entries(where).every(([name, value]) => row[name] === value));
      const start = cursor === null ? 0 : Number(cursor);
      const items = found.slice(start, start + limit);
      return {
        items: items.map(({ id, row }) => view(entity, id, row)),
        nextCursor: start + limit < found.length ? String(start + limit) : null,
      };
    },
    get: async ({ entity, id }) => {
      const row = store.row(entity, id);
      return row ? view(entity, id, row) : null;
    },
    write: async (writes) => {
      calls.push(`write ${JSON.stringify(writes)}`);
      const ids = writes.map((write) =>
        write.kind === 'create' ? (write.id ?? store.newId()) : write.id,
      );
      const changes = writes.flatMap((write, at) => changeOf(store, write, ids[at] ?? ''));
      return { operationId: changes.length > 0 ? store.record(changes) : null, ids };
    },
  };
}

function changeOf(store: FakeStore, write: RecordWrite, id: string): RowChange[] {
  const definition = entityNamed(write.entity);
  const shared = { entity: write.entity, version: definition.version, id };
  if (write.kind === 'create') {
    const empty = Object.fromEntries(definition.columns.map(({ name }) => [name, null]));
    return [{ ...shared, kind: 'create', row: { ...empty, ...write.row, id } }];
  }
  const row = store.row(write.entity, id);
  if (!row) throw new TallymanError('NOT_FOUND', 'This record is not there any more.');
  if (write.kind === 'remove') {
    refuseIfInUse(store, id);
    return [{ ...shared, kind: 'remove', from: row }];
  }
  const seen = { ...row, ...write.seen };
  const names = Object.keys(write.fields).filter((name) => write.fields[name] !== seen[name]);
  if (names.length === 0) return [];
  const pick = (from: StoredRow): StoredRow =>
    Object.fromEntries(names.map((name) => [name, from[name] ?? null]));
  return [{ ...shared, kind: 'update', from: pick(seen), to: pick(write.fields) }];
}

/** A movement protects the locations that it names, as in the app. */
function refuseIfInUse(store: FakeStore, id: string): void {
  const isUsed = store
    .rows('stock_movement')
    .some(({ row }) => row['from_location_id'] === id || row['to_location_id'] === id);
  if (isUsed) throw new TallymanError('ROW_IN_USE', 'Other records still depend on this one.');
}
