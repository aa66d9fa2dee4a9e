import type { StoredRow } from '../../../shared/entities/define-entity.ts';
import { type AnyEntity, ENTITIES, entityNamed } from '../../../shared/entities/registry.ts';
import { TallymanError } from '../../../shared/errors.ts';
import { orderColumn } from './record-order.ts';

/** Throws BAD_INPUT for a name that no entity has. */
export function knownEntity(name: string): AnyEntity {
  if (ENTITIES.some((entity) => entity.name === name)) return entityNamed(name);
  throw new TallymanError('BAD_INPUT', `There is no entity ${name}.`);
}

/** Throws BAD_INPUT if a column is not the entity's or its value of another kind, so that it could match nothing. */
export function assertFits(entity: AnyEntity, where: StoredRow): void {
  for (const [name, value] of Object.entries(where)) {
    const column = entity.columns.find((one) => one.name === name);
    const type = column?.kind === 'text' ? 'string' : 'number';
    if (!column || (value !== null && typeof value !== type)) {
      throw new TallymanError('BAD_INPUT', `A ${entity.name} cannot be listed by that ${name}.`);
    }
  }
}

/**
 * Whether an index finds the rows, or gives them in the order of the list. A site's file holds one site, so `site_id`
 * leads there without being asked for, and alone narrows nothing.
 */
export function isIndexed(entity: AnyEntity, where: StoredRow): boolean {
  const asked = new Set(Object.keys(where));
  if (entity.scope === 'site') asked.delete('site_id');
  const indexes = [
    ['id'],
    ...(entity.sortBy === undefined ? [] : [['sort_key']]),
    ...entity.indexes.map(({ columns }) =>
      columns.filter((column) => entity.scope !== 'site' || column !== 'site_id'),
    ),
  ];
  if (asked.size === 0) return indexes.some(([first]) => first === orderColumn(entity));
  return indexes.some(([first]) => first !== undefined && asked.has(first));
}

export function matches(row: StoredRow, where: StoredRow): boolean {
  return Object.entries(where).every(([name, value]) => row[name] === value);
}
