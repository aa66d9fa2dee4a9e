import type {
  EntityDefinition,
  EntityIndex,
  ScopeKind,
} from '../../shared/entities/define-entity.ts';
import type { ColumnPlan, EntityPlan, PatternName, Plan } from './entity-plan.ts';
import { RESERVED_COLUMN_NAMES, RESERVED_ENTITY_NAMES } from './reserved-words.ts';
import { UsageError } from './usage-error.ts';

/** The name is part of file names, of table names and of words on the screen. */
const NAME_LENGTH_MAX = 40;
/** As `defineEntity` allows, without `id` and `site_id`. */
const COLUMNS_MAX = 48;
const SNAKE_CASE = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;

export interface WantedEntity {
  name: string;
  columns: readonly ColumnPlan[];
  /** Beside the one that every reference has. */
  indexes?: readonly EntityIndex[] | undefined;
}

export interface Wanted {
  entity: WantedEntity;
  scope: ScopeKind;
  pattern: PatternName;
  conflicts: 'lastWriteWins' | 'detect';
  child: WantedEntity | null;
  notes: readonly string[];
}

/** What is there already. */
export interface Existing {
  entities: readonly Pick<EntityDefinition, 'name' | 'scope'>[];
  /** Tables and indexes of the server's database. */
  tables: ReadonlySet<string>;
}

/** Judges what was asked for and fills in what every entity has. Throws a UsageError that says what to do. */
export function makePlan(wanted: Wanted, existing: Existing): Plan {
  const { entity, child, scope, pattern } = wanted;
  if ((pattern === 'oneToMany') !== (child !== null)) {
    throw new UsageError(
      child === null
        ? 'oneToMany needs its other half: give --child NAME and --child-columns "…".'
        : 'Only oneToMany has a --child. Use --pattern oneToMany, or leave --child out.',
    );
  }
  const names = [entity, ...(child ? [child] : [])].map(({ name }) => name);
  if (new Set(names).size < names.length) {
    throw new UsageError('The child needs another name than its parent.');
  }
  for (const name of names) assertFreeName(name, existing);
  const parent = planOf(wanted, entity, { pattern, child: child?.name ?? null, parent: null });
  assertColumns(parent, existing);
  if (child === null) return { entities: [parent], notes: wanted.notes };
  const judged = wanted.conflicts === 'detect' ? 'detectConflicts' : 'lastWriteWins';
  const lines = planOf(wanted, withParent(child, entity.name), {
    pattern: judged,
    child: null,
    parent: entity.name,
  });
  assertColumns(lines, {
    ...existing,
    entities: [...existing.entities, { name: entity.name, scope }],
  });
  return { entities: [parent, lines], notes: wanted.notes };
}

function withParent(child: WantedEntity, parent: string): WantedEntity {
  const name = `${parent}_id`;
  if (child.columns.some((column) => column.name === name)) {
    throw new UsageError(`Leave ${name} out of --child-columns: every child has it by itself.`);
  }
  return { ...child, columns: [reference(name, parent), ...child.columns] };
}

function reference(name: string, target: string): ColumnPlan {
  return { name, kind: 'ref', nullable: false, choices: [], target };
}

function planOf(
  { scope, conflicts }: Wanted,
  entity: WantedEntity,
  own: Pick<EntityPlan, 'pattern' | 'child' | 'parent'>,
): EntityPlan {
  for (const { name } of entity.columns) assertColumnName(entity.name, name);
  const columns = [
    ...(scope === 'site' ? [reference('site_id', 'site')] : []),
    ...entity.columns,
    // A mistake in what is only ever added to is mended by a row that takes it back.
    ...(own.pattern === 'appendOnly'
      ? [{ ...reference('reverses', entity.name), nullable: true }]
      : []),
  ];
  const references = columns
    .filter(({ kind }) => kind === 'ref')
    .map(({ name }) => ({ columns: [name], unique: false }));
  const given = entity.indexes ?? [];
  const indexes = [
    // An index that begins with the column serves it as well.
    ...references.filter(
      ({ columns: [name] }) => !given.some((index) => index.columns[0] === name),
    ),
    ...given,
  ];
  const named = columns.some(
    ({ name, kind, nullable }) => name === 'name' && kind === 'text' && !nullable,
  );
  return {
    name: entity.name,
    scope,
    conflicts,
    columns,
    indexes,
    sortBy: named ? 'name' : null,
    ...own,
  };
}

function assertFreeName(name: string, { entities, tables }: Existing): void {
  if (!SNAKE_CASE.test(name) || name.length > NAME_LENGTH_MAX) {
    throw new UsageError(
      `"${name}" cannot name an entity. Use a singular noun in snake_case of at most ${NAME_LENGTH_MAX} letters, such as shelf_label.`,
    );
  }
  if (entities.some((entity) => entity.name === name)) {
    throw new UsageError(`There is an entity ${name} already. Choose another name.`);
  }
  if (RESERVED_ENTITY_NAMES.has(name) || tables.has(name) || name.startsWith('sqlite_')) {
    throw new UsageError(
      `"${name}" is a word that SQL, TypeScript or Tallyman uses for something else. Choose another name, such as ${name}_record.`,
    );
  }
}

function assertColumnName(entity: string, name: string): void {
  if (!SNAKE_CASE.test(name) || name.length > NAME_LENGTH_MAX) {
    throw new UsageError(
      `"${name}" cannot name a column of ${entity}. Use snake_case of at most ${NAME_LENGTH_MAX} letters.`,
    );
  }
  if (name === 'id' || name === 'site_id') {
    throw new UsageError(
      `Leave ${name} out: every entity has an id, and one of --scope site a site_id by itself.`,
    );
  }
  if (RESERVED_COLUMN_NAMES.has(name)) {
    throw new UsageError(
      `"${name}" is a word that SQL or Tallyman uses for something else. Call the column ${entity}_${name}, for example.`,
    );
  }
}

function assertColumns(plan: EntityPlan, { entities }: Existing): void {
  const names = plan.columns.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined) {
    throw new UsageError(`${plan.name} has ${twice} twice. Remove one.`);
  }
  if (names.length > COLUMNS_MAX + 1) {
    throw new UsageError(
      `${plan.name} has ${names.length} columns; at most ${COLUMNS_MAX} keep a row light enough to travel often. Split it in two.`,
    );
  }
  for (const { name, target } of plan.columns) {
    if (target === null) continue;
    const found = entities.find((entity) => entity.name === target);
    if (!found && target !== plan.name) {
      const known = entities.map((entity) => entity.name).join(', ');
      throw new UsageError(`${name} points to ${target}, which is no entity. There are: ${known}.`);
    }
    if (plan.scope === 'catalogue' && found?.scope === 'site') {
      throw new UsageError(
        `${name} points to ${target}, whose rows are only where their site is followed, but every laptop has the catalogue. Use --scope site.`,
      );
    }
  }
}
