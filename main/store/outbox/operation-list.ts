import type {
  OperationState,
  OperationView,
  PendingInput,
  PendingResult,
} from '../../../shared/desktop/work-views.ts';
import type { StoredRow } from '../../../shared/entities/define-entity.ts';
import type { OperationOutcome, RowChange } from '../../../shared/sync/operation.ts';
import type { SqliteDatabase } from '../sqlite.ts';

interface ListedRow {
  position: number;
  operationId: string;
  state: Exclude<OperationState, 'held'>;
  held: number;
  at: number;
  sent: number;
  attempts: number;
  outcome: string | null;
  changes: number;
  change: string;
  base: string | null;
}

const STATES: Record<PendingInput['show'], string> = {
  open: "o.state IN ('waiting', 'rejected', 'blocked', 'parked')",
  attention: "o.state IN ('rejected', 'blocked', 'parked')",
  settled: "o.state IN ('applied', 'conflict', 'discarded')",
};

/**
 * What people did and where it stands: everybody, or one person, with what was done before anybody had to sign in. Works on
 * a connection that only reads, too.
 */
export function listOperations(
  db: Pick<SqliteDatabase, 'prepare'>,
  { show, limit, after }: PendingInput,
  personId: string | null = null,
): PendingResult {
  const mine = '(o.person_id IS NULL OR ? IS NULL OR o.person_id = ?)';
  const isDown = show === 'settled';
  const start = after ?? (isDown ? Number.MAX_SAFE_INTEGER : 0);
  const rows = db
    .prepare(
      `SELECT o.position, o.operation_id AS operationId, o.state, o.at, o.number IS NOT NULL AS sent, o.failures AS attempts,
         o.outcome, c.change, c.base,
         (SELECT count(*) FROM operation_change n WHERE n.position = o.position) AS changes,
         EXISTS (SELECT 1 FROM operation_change h
           JOIN conflict k ON k.entity = h.entity AND k.row_id = h.row_id AND k.resolved IS NULL
           WHERE h.position = o.position) AS held
       FROM operation o JOIN operation_change c ON c.position = o.position AND c.sequence = 0
       WHERE ${STATES[show]} AND ${mine} AND o.position ${isDown ? '<' : '>'} ?
       ORDER BY o.position ${isDown ? 'DESC' : 'ASC'} LIMIT ?`,
    )
    .all(personId, personId, start, limit) as ListedRow[];
  const count = (states: string): number =>
    db
      .prepare(`SELECT count(*) FROM operation o WHERE ${states} AND ${mine}`)
      .pluck()
      .get(personId, personId) as number;
  return {
    waiting: count("o.state = 'waiting'"),
    attention: count(STATES.attention),
    items: rows.map(viewOf),
    next: rows.length < limit ? null : (rows.at(-1)?.position ?? null),
  };
}

function viewOf(row: ListedRow): OperationView {
  const change = JSON.parse(row.change) as RowChange;
  const base = row.base === null ? null : (JSON.parse(row.base) as StoredRow);
  const fields = fieldsOf(change);
  const isHeld = row.state === 'waiting' && row.held === 1 && row.sent === 0;
  return {
    operationId: row.operationId,
    state: isHeld ? 'held' : row.state,
    entity: change.entity,
    rowId: change.id,
    kind: change.kind,
    changes: row.changes,
    title: titleOf({ ...base, ...fields }),
    fields,
    at: row.at,
    sent: row.sent === 1,
    attempts: row.attempts,
    reason: reasonOf(row.outcome),
  };
}

function fieldsOf(change: RowChange): StoredRow {
  switch (change.kind) {
    case 'create':
      return change.row;
    case 'update':
      return change.to;
    case 'remove':
      return {};
  }
}

/** What a person knows a row by, most telling first. */
const TITLE_COLUMNS = ['code', 'name', 'sku', 'text'];

export function titleOf(row: StoredRow): string | null {
  const column = TITLE_COLUMNS.find((name) => typeof row[name] === 'string' && row[name] !== '');
  return column === undefined ? null : String(row[column]);
}

function reasonOf(outcome: string | null): OperationView['reason'] {
  if (outcome === null) return null;
  const parsed = JSON.parse(outcome) as OperationOutcome;
  switch (parsed.kind) {
    case 'rejected':
      return { code: parsed.code, message: parsed.message };
    case 'blocked':
      return { code: 'CONFLICT', message: 'The work that it builds on was refused.' };
    case 'parked':
      return { code: 'SERVER_ERROR', message: 'The server failed at it again and again.' };
    case 'applied':
    case 'conflict':
      return null;
  }
}
