import type { StoredRow } from '../../shared/entities/define-entity.ts';
import type { AnyEntity } from '../../shared/entities/registry.ts';
import type { RowChange } from '../../shared/sync/operation.ts';
import { OperationRefused } from '../sync/push/operation-refused.ts';
import { isAtLeast } from './actor.ts';
import { type Author, roleAt } from './author.ts';
import { roleToWrite } from './entity-rights.ts';

/** Columns that say who did something. Nobody writes another's name there. */
const NAMING_COLUMNS = ['person_id', 'created_by', 'approved_by', 'decided_by'] as const;
/** Of these, those that a new row bears in any case. Who leaves a name out could otherwise approve an own count. */
const SIGNED_COLUMNS: ReadonlySet<string> = new Set(['person_id', 'created_by']);

/**
 * The change as its author may ask for it, with the author's name where it belongs. `before` is the row as the author may
 * know it. Throws OperationRefused (FORBIDDEN). A row of a site that the author does not know passes: it is then judged as
 * one that is not there.
 */
export function admitChange(
  author: Author,
  { entity, change }: { entity: AnyEntity; change: RowChange },
  before: StoredRow | null,
): RowChange {
  const role = roleAt(author, entity, before ?? assertedRow(change));
  const to = change.kind === 'update' ? change.to : undefined;
  if (role !== null && !isAtLeast(role, roleToWrite(entity, change.kind, to))) {
    throw refused(change, 'You may not change this here. Ask a supervisor.');
  }
  if (change.kind === 'remove') return change;
  const signed = change.kind === 'create' ? signedBy(author, entity, change) : change;
  const after = signed.kind === 'create' ? signed.row : signed.to;
  for (const column of namingColumns(entity)) {
    const name = after[column] ?? null;
    if (name === null || name === author.personId || name === before?.[column]) continue;
    throw refused(change, 'Nobody writes in the name of somebody else.');
  }
  return signed;
}

/** What the laptop says that the row is, or was. */
function assertedRow(change: RowChange): StoredRow {
  switch (change.kind) {
    case 'create':
      return change.row;
    case 'update':
      return { ...change.from, ...change.to };
    case 'remove':
      return change.from;
  }
}

/** What takes an event back is copied from it, name and all, and is yet the work of who takes it back. */
function signedBy(
  { personId }: Author,
  entity: AnyEntity,
  change: RowChange & { kind: 'create' },
): RowChange & { kind: 'create' } {
  const reverses = (change.row['reverses'] ?? null) !== null;
  const unsigned = namingColumns(entity).filter(
    (column) => SIGNED_COLUMNS.has(column) && (reverses || (change.row[column] ?? null) === null),
  );
  if (unsigned.length === 0) return change;
  const names = Object.fromEntries(unsigned.map((column) => [column, personId]));
  return { ...change, row: { ...change.row, ...names } };
}

function namingColumns({ columns }: AnyEntity): readonly string[] {
  return NAMING_COLUMNS.filter((column) => columns.some(({ name }) => name === column));
}

function refused({ entity, id }: RowChange, sentence: string): OperationRefused {
  return new OperationRefused('FORBIDDEN', sentence, { details: { entity, id } });
}
