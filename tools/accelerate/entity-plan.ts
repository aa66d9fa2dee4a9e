import type { EntityIndex, ScopeKind } from '../../shared/entities/define-entity.ts';

export const PATTERNS = [
  'readOnly',
  'readOnlyDelta',
  'lastWriteWins',
  'detectConflicts',
  'oneToMany',
  'appendOnly',
] as const;
export type PatternName = (typeof PATTERNS)[number];

export interface ColumnPlan {
  name: string;
  kind: 'text' | 'integer' | 'boolean' | 'enum' | 'ref';
  nullable: boolean;
  /** Of an `enum`. */
  choices: readonly string[];
  /** The entity that a `ref` points to. */
  target: string | null;
}

/** One entity as it shall be written. */
export interface EntityPlan {
  /** snake_case, as in tables and on the wire. */
  name: string;
  scope: ScopeKind;
  pattern: PatternName;
  /** Of `oneToMany`: its other half, and how both are judged. */
  child: string | null;
  conflicts: 'lastWriteWins' | 'detect';
  /** The entity whose rows these rows belong to and go with. */
  parent: string | null;
  /** Without `id`, which every entity has. */
  columns: readonly ColumnPlan[];
  indexes: readonly EntityIndex[];
  /** `name`, if every row has one. */
  sortBy: 'name' | null;
}

/** What the command shall write: one entity, or a parent and its child. */
export interface Plan {
  entities: readonly EntityPlan[];
  /** Told to the person afterwards. */
  notes: readonly string[];
}

export function camelCase(name: string): string {
  return name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

export function kebabCase(name: string): string {
  return name.replaceAll('_', '-');
}

export function pascalCase(name: string): string {
  const camel = camelCase(name);
  return camel.charAt(0).toUpperCase() + camel.slice(1);
}

/** `shelf_label` → `Shelf label`. A column that points elsewhere is named after what it points to. */
export function titleOf(name: string): string {
  const words = name.replace(/_id$/, '').replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
