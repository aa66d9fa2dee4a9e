import { sql } from 'kysely';
import type { Flavour } from './flavour.ts';
import { guardAuditOnSqlite } from './sqlite-audit-guard.ts';

export const SQLITE: Flavour = {
  writesAlone: true,
  text: sql`text`,
  integer: sql`integer`,
  // Strict types as in any other engine; rows are kept in key order, which saves a second look-up per row.
  tableOptions: sql`strict, without rowid`,
  // Indexes are a third smaller, and faster to fill, when they point to row numbers.
  entityTableOptions: sql`strict`,
  idAmong: (column, ids) =>
    sql<boolean>`${sql.ref(column)} in (select value from json_each(${JSON.stringify(ids)}))`,
  idParameters: (ids) => [JSON.stringify(ids)],
  tupleAmong: (columns, tuples) => {
    const names = sql.join(columns.map((column) => sql.ref(column)));
    const values = sql.join(columns.map((_, at) => sql`value ->> ${sql.lit(at)}`));
    return sql<boolean>`(${names}) in (select ${values} from json_each(${JSON.stringify(tuples)}))`;
  },
  givenRows: (name, columns, rows) => {
    const values = sql.join(
      columns.map((column, at) => sql`value ->> ${sql.lit(at)} as ${sql.ref(column)}`),
    );
    return sql`(select ${values} from json_each(${JSON.stringify(rows)})) as ${sql.table(name)}`;
  },
  // A write transaction is alone anyway.
  beginMigration: () => Promise.resolve(),
  guardAudit: guardAuditOnSqlite,
  lockName: () => Promise.resolve(),
  isClash: () => false,
  endsTransaction: () => false,
};
