import type { EntityDefinition, StoredRow } from '../../../shared/entities/define-entity.ts';
import type { z } from 'zod';
import type { EntityName } from '../../../shared/entities/registry.ts';
import { fromStored, toStored } from '../../../shared/entities/stored-row.ts';
import type { RecordReader } from './record-reader.ts';
import type { RecordWriter } from './record-writer.ts';

type NamedEntity = EntityDefinition & { name: EntityName };
type Row<TEntity extends NamedEntity> = z.output<TEntity['schema']>;
type NewRow<TEntity extends NamedEntity> = Omit<z.input<TEntity['schema']>, 'id'> & {
  /** Made by the laptop if it is not given. */
  id?: string | undefined;
};

/**
 * The actions of one entity, typed by its definition. Reads show replica ⊕ overlay; every write is one durable operation,
 * and there is no other way to write (the OutSystems model's default entity actions bypass its tracking flags).
 */
export interface Repository<TEntity extends NamedEntity> {
  get: (id: string) => Row<TEntity> | null;
  /** Rows with these values, in the entity's order; `limit` of them at most. */
  list: (where: Partial<Row<TEntity>>, limit: number) => Row<TEntity>[];
  create: (row: NewRow<TEntity>) => { id: string; operationId: string | null };
  update: (id: string, fields: Partial<Omit<Row<TEntity>, 'id'>>) => string | null;
  remove: (id: string) => string | null;
  /** Creates those that are not there and updates the others, in one operation. */
  upsertMany: (rows: readonly Row<TEntity>[]) => string | null;
}

export function createRepository<TEntity extends NamedEntity>(
  entity: TEntity,
  { reader, writer }: { reader: () => RecordReader; writer: RecordWriter },
): Repository<TEntity> {
  const { name } = entity;
  const typed = (row: StoredRow): Row<TEntity> => fromStored(entity, row) as Row<TEntity>;
  return {
    get: (id) => {
      const view = reader().get(name, id);
      return view && typed(view.row);
    },
    list: (where, limit) =>
      reader()
        .list({ entity: name, where: toStored(where), cursor: null, limit })
        .items.map(({ row }) => typed(row)),
    create: ({ id, ...row }) => {
      const { operationId, ids } = writer.write([
        { kind: 'create', entity: name, id, row: toStored(row) },
      ]);
      return { operationId, id: ids[0] ?? '' };
    },
    update: (id, fields) =>
      writer.write([{ kind: 'update', entity: name, id, fields: toStored(fields) }]).operationId,
    remove: (id) => writer.write([{ kind: 'remove', entity: name, id }]).operationId,
    upsertMany: (rows) =>
      writer.write(
        rows.map((row) => ({
          kind: 'create',
          entity: name,
          id: String(row['id']),
          row: toStored(row),
        })),
      ).operationId,
  };
}
