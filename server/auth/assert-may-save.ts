import type { StoredRow } from '../../shared/entities/define-entity.ts';
import { type AnyEntity, entityNamed } from '../../shared/entities/registry.ts';
import { toStored } from '../../shared/entities/stored-row.ts';
import { TallymanError } from '../../shared/errors.ts';
import { siteScope } from '../../shared/sync/scope.ts';
import { storageNamed } from '../store/entity-storage.ts';
import type { EntityRows, TableName } from '../store/server-database.ts';
import type { ChangeTransaction } from '../sync/change-transaction.ts';
import { isAtLeast } from './actor.ts';
import { type Author, roleAt, seesRow } from './author.ts';
import { roleToWrite } from './entity-rights.ts';

export interface WantedSave<TName extends TableName = TableName> {
  entity: TName;
  row: EntityRows[TName];
}

/**
 * Whether the author may write the whole row over what is there, wherever that is. Of rows that the author must not know
 * of, nothing is said that would not be said of those that are not there. Throws.
 */
export async function assertMaySave(
  tx: ChangeTransaction,
  author: Author | null,
  { entity, row }: WantedSave,
): Promise<void> {
  if (author === null) return;
  const definition = entityNamed(entity);
  const after = toStored(row);
  if (!seesPlace(author, definition, after)) {
    const scope = siteScope(String(after['site_id']));
    throw new TallymanError('UNKNOWN_SITE', 'There is no such site.', { details: { scope } });
  }
  const before = await storedRow(tx, entity, row.id);
  if (before !== null && !seesPlace(author, definition, before)) {
    throw new TallymanError('CONFLICT', `There is already a ${spoken(entity)} with this id.`, {
      details: { entity, columns: 'id' },
    });
  }
  const wanted = roleToWrite(definition, before === null ? 'create' : 'update', after);
  for (const one of before === null ? [after] : [before, after]) {
    const role = roleAt(author, definition, one);
    if (role !== null && isAtLeast(role, wanted)) continue;
    throw new TallymanError('FORBIDDEN', 'You may not change this here. Ask a supervisor.', {
      details: { entity, id: row.id },
    });
  }
  await assertSeesParents(tx, author, { definition, row: after });
}

/** Sites themselves are in the catalogue, and those who may change them have all. */
function seesPlace(author: Author, entity: AnyEntity, row: StoredRow): boolean {
  return roleAt(author, entity, row) !== null;
}

async function assertSeesParents(
  tx: ChangeTransaction,
  author: Author,
  { definition, row }: { definition: AnyEntity; row: StoredRow },
): Promise<void> {
  for (const [column, target] of Object.entries(definition.references)) {
    const id = row[column] ?? null;
    if (id === null || entityNamed(target).scope === 'catalogue') continue;
    const parent = await storedRow(tx, target as TableName, String(id));
    if (parent === null || seesRow(author, entityNamed(target), parent)) continue;
    throw new TallymanError(
      'CONFLICT',
      'A record that this one points to does not exist, or other records still point to this one.',
    );
  }
}

async function storedRow(
  tx: ChangeTransaction,
  entity: TableName,
  id: string,
): Promise<StoredRow | null> {
  const [held] = await tx.rows(entity, [id]);
  if (held === undefined) return null;
  const { columns } = storageNamed(entity);
  return Object.fromEntries(columns.map((name, at) => [name, held.values[at] ?? null]));
}

function spoken(entity: string): string {
  return entity.replaceAll('_', ' ');
}
