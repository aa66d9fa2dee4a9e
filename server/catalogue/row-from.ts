import type { EntityDefinition } from '../../shared/entities/define-entity.ts';

/** An entity's row as code handles it, from a row of its table. */
export function rowFrom<TRow>(entity: EntityDefinition, stored: object): TRow {
  const values = stored as Record<string, unknown>;
  return Object.fromEntries(
    entity.columns.map(({ name, kind }) => [
      name,
      kind === 'boolean' ? values[name] === 1 : values[name],
    ]),
  ) as TRow;
}
