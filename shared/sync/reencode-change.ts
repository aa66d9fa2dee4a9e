import type { EntityDefinition, StoredRow } from '../entities/define-entity.ts';
import { TallymanError } from '../errors.ts';
import type { RowChange } from './operation.ts';

/**
 * Brings a change that was made at an older version of its entity to the current one, step by step. Used by a laptop for
 * what waited over an update, and by the server for laptops that were not updated yet. Throws UPGRADE_REQUIRED for a
 * change of a newer version, which only this side's update can read.
 */
export function reencodeChange(entity: EntityDefinition, change: RowChange): RowChange {
  if (change.version > entity.version) {
    throw new TallymanError(
      'UPGRADE_REQUIRED',
      `This ${entity.name} was written by a newer Tallyman. Update this side, then send it again.`,
      { details: { entity: entity.name, found: change.version, known: entity.version } },
    );
  }
  if (change.version === entity.version) return change;
  const current = (values: StoredRow): StoredRow => upgraded(entity, values, change.version);
  const { version } = entity;
  switch (change.kind) {
    case 'create':
      return { ...change, version, row: current(change.row) };
    case 'update':
      return { ...change, version, from: current(change.from), to: current(change.to) };
    case 'remove':
      return { ...change, version, from: current(change.from) };
  }
}

export function upgraded(entity: EntityDefinition, values: StoredRow, from: number): StoredRow {
  let row = values;
  for (let version = from; version < entity.version; version++) {
    row = entity.upgrades[version]?.(row) ?? row;
  }
  return row;
}
