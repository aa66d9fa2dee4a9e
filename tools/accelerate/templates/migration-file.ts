import type { EntityTableSpec } from '../../../server/store/entity-table.ts';
import { camelCase, type EntityPlan } from '../entity-plan.ts';

/** Spelled out, not derived: what a migration makes must stay the same when the entity changes later. */
export function migrationFile(name: string, plans: readonly EntityPlan[]): string {
  const [first] = plans;
  const specs = plans.map((plan) => JSON.stringify(tableSpecOf(plan), null, 2));
  const tables =
    specs.length === 1
      ? `const TABLE: EntityTableSpec = ${specs[0] ?? ''};`
      : `const TABLES: readonly EntityTableSpec[] = [${specs.join(', ')}];`;
  const up =
    specs.length === 1
      ? 'await createEntityTable(db, TABLE);'
      : 'for (const table of TABLES) await createEntityTable(db, table);';
  return `import { createEntityTable, type EntityTableSpec } from '../entity-table.ts';
import type { Migration } from './migration.ts';

/** Spelled out, not derived: what this migration makes must stay the same when the entity changes later. */
${tables}

export const ${migrationConstant(first?.name ?? '')}: Migration = {
  name: '${name}',
  up: async (db) => {
    ${up}
  },
};
`;
}

export function migrationConstant(entity: string): string {
  return `${camelCase(entity)}Table`;
}

function tableSpecOf(plan: EntityPlan): EntityTableSpec {
  const columns = plan.columns.map(({ name, kind, nullable }) => {
    const type = kind === 'integer' || kind === 'boolean' ? 'integer' : 'text';
    return [name, `${type}${nullable ? '?' : ''}`];
  });
  const sorted = plan.sortBy !== null;
  return {
    name: plan.name,
    columns: {
      id: 'text',
      ...Object.fromEntries(columns),
      ...(sorted ? { sort_key: 'text' } : {}),
      row_version: 'integer',
    } as EntityTableSpec['columns'],
    references: Object.fromEntries(
      plan.columns.flatMap(({ name, target }) => (target === null ? [] : [[name, target]])),
    ),
    indexes: [
      ...plan.indexes.map(({ columns: named, unique }) => ({
        columns: named,
        unique: unique === true,
      })),
      ...(sorted ? [{ columns: ['sort_key', 'id'], unique: false }] : []),
    ],
  };
}
