import { type Kysely, sql, type Transaction } from 'kysely';
import { must } from '../../../shared/domain/assert.ts';
import type { StoredValue } from '../../../shared/entities/define-entity.ts';
import { BulkWriter } from '../../store/bulk-writer.ts';
import type { ServerDatabase, UntypedDatabase } from '../../store/server-database.ts';
import type { TableShape } from './table-shapes.ts';

/** In memory at once. */
const ROWS_PER_PAGE = 2_000;

export type TableCounts = Readonly<Record<string, number>>;

/**
 * Copies every row of every table, whatever the engines on both sides are. What a new store holds by itself is replaced.
 * `from` is one snapshot, `to` a transaction. Returns how many rows each table has.
 */
export async function copyTables(
  from: Kysely<ServerDatabase>,
  to: Transaction<ServerDatabase>,
  shapes: readonly TableShape[],
): Promise<TableCounts> {
  const target = to as unknown as Kysely<UntypedDatabase>;
  for (const name of ['server_meta', 'sync_scope', 'migration']) {
    await target.deleteFrom(name).execute();
  }
  const bulk = new BulkWriter();
  const counts: Record<string, number> = {};
  for (const shape of shapes) {
    counts[shape.name] = await copyTable(from, to, { shape, bulk, isSecond: false });
    if (shape.ownReference !== null) await copyTable(from, to, { shape, bulk, isSecond: true });
  }
  return counts;
}

/** A row that points to one of its own table does so only when all of them are there. */
async function copyTable(
  from: Kysely<ServerDatabase>,
  to: Transaction<ServerDatabase>,
  { shape, bulk, isSecond }: { shape: TableShape; bulk: BulkWriter; isSecond: boolean },
): Promise<number> {
  const { name: table, columns, key, ownReference } = shape;
  const pointing = ownReference === null ? -1 : columns.indexOf(ownReference);
  const target = { table, columns, conflictColumns: isSecond ? key : null };
  let copied = 0;
  for await (const rows of pagesOf(from, shape)) {
    copied += rows.length;
    if (pointing < 0) await bulk.write(to, target, rows);
    else if (isSecond) {
      await bulk.write(
        to,
        target,
        rows.filter((row) => row[pointing] !== null),
      );
    } else {
      const unbound = rows.map((row) => row.map((value, at) => (at === pointing ? null : value)));
      await bulk.write(to, target, unbound);
    }
  }
  return copied;
}

/** In the order of the key, and by it, so that each page costs the same. */
async function* pagesOf(
  db: Kysely<ServerDatabase>,
  { name, columns, key }: TableShape,
): AsyncGenerator<StoredValue[][], void, void> {
  const keyColumns = sql.join(key.map((column) => sql.ref(column)));
  const untyped = db as unknown as Kysely<UntypedDatabase>;
  let after: readonly StoredValue[] | null = null;
  for (;;) {
    const last: readonly StoredValue[] | null = after;
    const rows: Record<string, StoredValue>[] = await untyped
      .selectFrom(name)
      .select([...columns])
      .$if(last !== null, (query) =>
        query.where(sql<boolean>`(${keyColumns}) > (${sql.join([...(last ?? [])])})`),
      )
      .orderBy(keyColumns)
      .limit(ROWS_PER_PAGE)
      .execute();
    if (rows.length > 0) yield rows.map((row) => columns.map((column) => row[column] ?? null));
    const end = rows.at(-1);
    if (end === undefined || rows.length < ROWS_PER_PAGE) return;
    after = key.map((column) => must(end[column], 'a key is never null'));
  }
}
