import type { StoredRow } from '../../../shared/entities/define-entity.ts';
import { type AnyEntity, type EntityName, entityNamed } from '../../../shared/entities/registry.ts';
import { fromStored, toStored } from '../../../shared/entities/stored-row.ts';
import { OperationRefused } from './operation-refused.ts';
import { spoken } from './prepare-operation.ts';
import type { RowDraft } from './row-draft.ts';

/** The row by its entity's schema: trimmed, and with what was left out. Throws OperationRefused. */
export function validRow(entity: AnyEntity, row: StoredRow): StoredRow {
  const parsed = entity.schema.safeParse(fromStored(entity, row));
  // Reading a boolean takes whatever is not 1 for false.
  const unclear = entity.columns.find(
    ({ name, kind }) => kind === 'boolean' && ![0, 1, null, undefined].includes(row[name] as 0),
  );
  if (parsed.success && unclear === undefined) return toStored(parsed.data);
  const field = unclear?.name ?? parsed.error?.issues[0]?.path.join('.') ?? '';
  throw new OperationRefused('BAD_INPUT', `The ${spoken(entity.name)} is not valid: ${field}.`, {
    details: { entity: entity.name, id: String(row['id']), field },
  });
}

export interface MissingParent {
  entity: EntityName;
  id: string;
}

/**
 * The first row that this one points to and that is not there; null if all are. `before` is the row as it was: what it
 * pointed to then is not looked at again. Throws OperationRefused if one lies at another site.
 */
export async function missingParent(
  draft: RowDraft,
  entity: AnyEntity,
  { before, row }: { before: StoredRow | null; row: StoredRow },
): Promise<MissingParent | null> {
  for (const [column, target] of Object.entries(entity.references)) {
    const id = row[column] ?? null;
    if (id === null || id === before?.[column] || entity.deleteRules[column] === 'ignore') continue;
    const parent = { entity: target as EntityName, id: String(id) };
    const found = await draft.get(parent.entity, parent.id);
    if (found === null) return parent;
    if (entityNamed(target).scope === 'site' && found['site_id'] !== row['site_id']) {
      throw new OperationRefused(
        'BAD_INPUT',
        `The ${spoken(target)} of this ${spoken(entity.name)} is at another site.`,
        { details: { entity: entity.name, id: String(row['id']), field: column } },
      );
    }
  }
  return null;
}

/**
 * Throws OperationRefused if another row has a value that only one may have. Judged by the rows at the operation's end;
 * `before` is the row as it was, whose own values it may keep.
 */
export async function assertUnique(
  draft: RowDraft,
  entity: AnyEntity,
  { before, row }: { before: StoredRow | null; row: StoredRow },
): Promise<void> {
  for (const { columns, unique } of entity.indexes) {
    if (unique !== true || columns.every((column) => row[column] === before?.[column])) continue;
    const values = columns.map((column) => row[column] ?? null);
    const holders = await draft.find({ entity: entity.name, columns, values });
    const other = holders.find(({ id }) => id !== row['id']);
    if (other === undefined) continue;
    const names = columns.filter((column) => column !== 'site_id').join(', ');
    throw new OperationRefused(
      'CONFLICT',
      `There is already a ${spoken(entity.name)} with this ${names.replaceAll('_', ' ')}.`,
      {
        details: {
          entity: entity.name,
          columns: names,
          ...(draft.sees(entity.name, other) ? { id: String(other['id']) } : {}),
        },
      },
    );
  }
}
