import type { Transaction } from 'kysely';
import { flavourOf } from './engine/flavour-of.ts';
import type { ColumnSpec } from './entity-table.ts';
import type { ServerDatabase } from './server-database.ts';

/** A table that is no entity's, as a migration spells it out. */
export interface PlainTableSpec {
  name: string;
  columns: Readonly<Record<string, ColumnSpec>>;
  key: readonly string[];
  /** A column whose values are all different. */
  unique?: string | undefined;
  indexes?: readonly { columns: readonly string[]; unique?: boolean; name?: string }[];
}

export async function createPlainTable(
  db: Transaction<ServerDatabase>,
  { name, columns, key, unique, indexes = [] }: PlainTableSpec,
): Promise<void> {
  const { text, integer, tableOptions } = flavourOf(db);
  let table = db.schema.createTable(name);
  for (const [column, type] of Object.entries(columns)) {
    table = table.addColumn(column, type.startsWith('text') ? text : integer, (made) => {
      const nullability = type.endsWith('?') ? made : made.notNull();
      return column === unique ? nullability.unique() : nullability;
    });
  }
  await table
    .addPrimaryKeyConstraint(`${name}_key`, [...key] as never[])
    .modifyEnd(tableOptions)
    .execute();
  for (const index of indexes) {
    const made = db.schema
      .createIndex(index.name ?? `${name}_by_${index.columns.join('_and_')}`)
      .on(name)
      .columns([...index.columns]);
    await (index.unique === true ? made.unique() : made).execute();
  }
}
