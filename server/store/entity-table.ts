import type { Kysely } from 'kysely';
import type { EntityDefinition } from '../../shared/entities/define-entity.ts';
import { flavourOf } from './engine/flavour-of.ts';

export type ColumnSpec = 'text' | 'text?' | 'integer' | 'integer?';

/** An entity's table as a migration spells it out. Migrations keep their own copy, so that an old one never changes. */
export interface EntityTableSpec {
  name: string;
  columns: Readonly<Record<string, ColumnSpec>>;
  references: Readonly<Record<string, string>>;
  indexes: readonly { columns: readonly string[]; unique: boolean }[];
}

/** What an entity's table has to look like by its definition. */
export function entityTableSpec(entity: EntityDefinition): EntityTableSpec {
  const columns = entity.columns.map(({ name, kind, nullable }): [string, ColumnSpec] => {
    const type = kind === 'text' ? 'text' : 'integer';
    return [name, nullable ? `${type}?` : type];
  });
  if (entity.sortBy !== undefined) columns.push(['sort_key', 'text']);
  columns.push(['row_version', 'integer']);
  const indexes = entity.indexes.map((index) => ({
    columns: index.columns,
    unique: index.unique === true,
  }));
  if (entity.sortBy !== undefined) indexes.push({ columns: ['sort_key', 'id'], unique: false });
  // What may be left pointing at nothing cannot be held to a foreign key.
  const references = Object.entries(entity.references).filter(
    ([column]) => entity.deleteRules[column] !== 'ignore',
  );
  return {
    name: entity.name,
    columns: Object.fromEntries(columns),
    references: Object.fromEntries(references),
    indexes,
  };
}

export async function createEntityTable<TDatabase>(
  db: Kysely<TDatabase>,
  spec: EntityTableSpec,
): Promise<void> {
  const { text, integer, entityTableOptions } = flavourOf(db);
  let table = db.schema.createTable(spec.name);
  for (const [name, type] of Object.entries(spec.columns)) {
    table = table.addColumn(name, type.startsWith('text') ? text : integer, (column) => {
      const nullability = type.endsWith('?') ? column : column.notNull();
      const target = spec.references[name];
      const referenced =
        target === undefined ? nullability : nullability.references(`${target}.id`);
      return name === 'id' ? referenced.primaryKey() : referenced;
    });
  }
  await table.modifyEnd(entityTableOptions).execute();
  for (const { columns, unique } of spec.indexes) {
    const index = db.schema
      .createIndex(`${spec.name}_by_${columns.join('_and_')}`)
      .on(spec.name)
      .columns([...columns]);
    await (unique ? index.unique() : index).execute();
  }
}
