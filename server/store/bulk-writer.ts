import { type CompiledQuery, type Kysely, sql } from 'kysely';
import type { StoredValue } from '../../shared/entities/define-entity.ts';
import type { ServerDatabase, UntypedDatabase } from './server-database.ts';

/** Rows of one statement; a power of two. More gain nothing and near the engines' limits of parameters. */
const STATEMENT_ROWS_MAX = 256;

export interface BulkTarget {
  table: string;
  /** In the order of the values of a row. */
  columns: readonly string[];
  /** If a row with the same values in these columns is there, it is overwritten; without them that is an error. */
  conflictColumns: readonly string[] | null;
}

/**
 * Writes many rows by few statements. Statement texts are compiled once per table and number of rows, because building
 * them costs more than running them; numbers are powers of two, so there are few.
 */
export class BulkWriter {
  readonly #templates = new Map<string, CompiledQuery>();

  async write(
    db: Kysely<ServerDatabase>,
    target: BulkTarget,
    rows: readonly (readonly StoredValue[])[],
  ): Promise<void> {
    for (let at = 0; at < rows.length;) {
      const rest = rows.length - at;
      const size = Math.min(STATEMENT_ROWS_MAX, 2 ** Math.floor(Math.log2(rest)));
      const template = this.#template(db, target, size);
      await db.executeQuery({ ...template, parameters: rows.slice(at, at + size).flat() });
      at += size;
    }
  }

  #template(db: Kysely<ServerDatabase>, target: BulkTarget, size: number): CompiledQuery {
    const key = `${target.table} ${target.conflictColumns === null ? 'insert' : 'upsert'} ${size}`;
    let template = this.#templates.get(key);
    if (template === undefined) {
      template = compile(db, target, size);
      this.#templates.set(key, template);
    }
    return template;
  }
}

function compile(db: Kysely<ServerDatabase>, target: BulkTarget, size: number): CompiledQuery {
  const placeholderRow = Object.fromEntries(target.columns.map((column) => [column, 0]));
  const insert = (db as unknown as Kysely<UntypedDatabase>)
    .insertInto(target.table)
    .values(Array.from({ length: size }, () => placeholderRow));
  const { conflictColumns } = target;
  if (conflictColumns === null) return insert.compile();
  const overwritten = target.columns.filter((column) => !conflictColumns.includes(column));
  return insert
    .onConflict((conflict) =>
      conflict
        .columns([...conflictColumns])
        .doUpdateSet(
          Object.fromEntries(
            overwritten.map((column) => [
              column,
              sql<StoredValue>`${sql.ref(`excluded.${column}`)}`,
            ]),
          ),
        ),
    )
    .compile();
}
