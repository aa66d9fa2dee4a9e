import type { Resolution } from '../../../shared/desktop/work-views.ts';
import type { StoredRow, StoredValue } from '../../../shared/entities/define-entity.ts';
import { entityNamed } from '../../../shared/entities/registry.ts';
import { TallymanError } from '../../../shared/errors.ts';
import type { ConflictKind } from '../../../shared/sync/operation.ts';
import type { Scope } from '../../../shared/sync/scope.ts';
import { scopeOf } from '../records/row-scope.ts';
import { validRow } from '../records/valid-row.ts';
import type { NewChange } from './new-operation.ts';
import type { OutboxStore } from './outbox-store.ts';

export interface ResolvePorts extends OutboxStore {
  now: () => number;
  newId: () => string;
  /** A row as this laptop shows it now. */
  rowOf: (entity: string, id: string) => StoredRow | null;
}

interface OpenConflict {
  conflictId: string;
  entity: string;
  rowId: string;
  scope: Scope;
  kind: ConflictKind;
  field: string | null;
  base: string;
  mine: string;
  theirs: string;
  parent: string | null;
  /** The row as it was when the person changed it. */
  row: string;
}

/**
 * Carries out what a person has decided. Whatever is not the server's becomes one new operation per row, which starts from
 * what the person saw of the server's; the row's later work, which was held back, follows it. Throws NOT_FOUND for a
 * conflict that is settled already, BAD_INPUT for a value that does not fit.
 */
export function resolveConflicts(ports: ResolvePorts, resolutions: readonly Resolution[]): void {
  ports.outbox.together(() => {
    const decided = resolutions.map(({ conflictId, choice }) => ({
      conflict: openConflict(ports, conflictId),
      choice,
    }));
    const byRow = Map.groupBy(decided, ({ conflict: { entity, rowId } }) => `${entity} ${rowId}`);
    for (const row of byRow.values()) resolveRow(ports, row);
  });
}

interface Decided {
  conflict: OpenConflict;
  choice: Resolution['choice'];
}

function resolveRow(ports: ResolvePorts, decided: readonly Decided[]): void {
  const { outbox, db } = ports;
  const changes = decided.some(({ conflict }) => conflict.field === null)
    ? decided.flatMap((one) => wholeRowChanges(ports, one))
    : fieldChanges(ports, decided);
  const close = db.prepare('UPDATE conflict SET resolved = ? WHERE conflict_id = ?');
  for (const { conflict, choice } of decided) {
    close.run(JSON.stringify({ choice, at: ports.now() }), conflict.conflictId);
  }
  if (changes.length === 0) return;
  outbox.append({ operationId: ports.newId(), at: ports.now(), changes });
  const [first] = decided;
  if (first) outbox.moveToEnd(first.conflict.entity, first.conflict.rowId);
}

function fieldChanges(ports: ResolvePorts, decided: readonly Decided[]): NewChange[] {
  const [first] = decided;
  if (!first) return [];
  const { entity, rowId, scope } = first.conflict;
  const definition = entityNamed(entity);
  const from: Record<string, StoredValue> = {};
  const to: Record<string, StoredValue> = {};
  for (const { conflict, choice } of decided) {
    if (choice === 'theirs' || conflict.field === null) continue;
    from[conflict.field] = JSON.parse(conflict.theirs) as StoredValue;
    to[conflict.field] =
      choice === 'mine' ? (JSON.parse(conflict.mine) as StoredValue) : choice.merged;
  }
  if (Object.keys(to).length === 0) return [];
  // Its site may have been left, or somebody deleted it since: the server judges that when it gets there.
  const seen = ports.rowOf(entity, rowId) ?? (JSON.parse(first.conflict.row) as StoredRow);
  const valid = validRow(definition, { ...seen, ...to });
  for (const field of Object.keys(to)) to[field] = valid[field] ?? null;
  const { version } = definition;
  return [
    {
      change: { kind: 'update', entity, version, id: rowId, from, to },
      base: { ...seen, ...from },
      scope,
    },
  ];
}

/** A deleted row, or one under a deleted parent: `mine` brings it back as the person left it, or deletes it after all. */
function wholeRowChanges(ports: ResolvePorts, { conflict, choice }: Decided): NewChange[] {
  if (choice === 'theirs') return [];
  if (choice !== 'mine') {
    throw new TallymanError('BAD_INPUT', 'Choose mine or theirs: this is about the whole row.');
  }
  const { entity, rowId, scope, kind } = conflict;
  const { version } = entityNamed(entity);
  const which = { entity, version, id: rowId };
  if (kind === 'deleteUpdate') {
    const theirs = JSON.parse(conflict.theirs) as StoredRow;
    return [{ change: { ...which, kind: 'remove', from: theirs }, base: theirs, scope }];
  }
  const mine = JSON.parse(conflict.mine) as StoredRow;
  const row: NewChange = { change: { ...which, kind: 'create', row: mine }, base: null, scope };
  return [...parentChange(ports, conflict), row];
}

/** The deleted parent comes back with the child, if this laptop still knew it and nobody has brought it back yet. */
function parentChange(ports: ResolvePorts, { parent }: OpenConflict): NewChange[] {
  if (parent === null) return [];
  const { entity, row } = JSON.parse(parent) as { entity: string; row: StoredRow };
  const id = String(row['id']);
  if (ports.rowOf(entity, id) !== null) return [];
  const definition = entityNamed(entity);
  return [
    {
      change: { kind: 'create', entity, version: definition.version, id, row },
      base: null,
      scope: scopeOf(definition, row),
    },
  ];
}

function openConflict({ db }: ResolvePorts, conflictId: string): OpenConflict {
  const row = db
    .prepare(
      `SELECT k.conflict_id AS conflictId, k.entity, k.row_id AS rowId, k.scope, k.kind, k.field, k.base, k.mine,
         k.theirs, k.parent,
         (SELECT coalesce(c.base, json_extract(c.change, '$.row')) FROM operation_change c
          WHERE c.position = k.position AND c.entity = k.entity AND c.row_id = k.row_id LIMIT 1) AS row
       FROM conflict k WHERE k.conflict_id = ? AND k.resolved IS NULL`,
    )
    .get(conflictId) as OpenConflict | undefined;
  if (row) return row;
  throw new TallymanError(
    'NOT_FOUND',
    'There is no such open conflict. It may be settled already.',
    {
      details: { conflictId },
    },
  );
}
