import type {
  MovementHistory,
  MovementHistoryInput,
} from '../../../shared/desktop/overview-views.ts';
import { type StockMovement, stockMovement } from '../../../shared/entities/stock-movement.ts';
import type { ContainedPoint } from '../../../shared/replica/replica-state.ts';
import { siteScope } from '../../../shared/sync/scope.ts';
import { breathe } from '../breathe.ts';
import type { ReplicaReader, SiteReader } from '../catalogue/replica-reader.ts';
import { movementViews } from '../stock/movement-views.ts';
import { pendingMovements } from '../stock/pending-movements.ts';
import type { StatementCache } from '../statement-cache.ts';
import { CONTAINED_POINT } from '../contained-point.ts';

/** Rows looked at between two breaths, so that a rare kind among a million movements holds nobody up: about 10 ms. */
const ROWS_PER_STEP = 20_000;
/** What this laptop did and others do not know yet is shown before everything else. */
const PENDING_MAX = 500;

const NEWEST = 'SELECT max(local_id) FROM stock_movement';
const COLUMNS = stockMovement.columns.map(({ name }) => name).join(', ');
/** Each index gives its rows in the order of `local_id`; the plus keeps the others from being taken instead. */
const history = (narrowed: string): string => `SELECT local_id, ${COLUMNS} FROM stock_movement
  WHERE ${narrowed} local_id <= :newest AND local_id > :oldest
    AND (:productId IS NULL OR +product_id = :productId)
    AND (:locationId IS NULL OR :locationId IN (+from_location_id, +to_location_id))
    AND (:personId IS NULL OR +person_id = :personId)
    AND (:kind IS NULL OR kind = :kind) AND (:cause IS NULL OR cause = :cause)
    AND (:from IS NULL OR +moved_at >= :from) AND (:to IS NULL OR +moved_at < :to)
  ORDER BY local_id DESC LIMIT :limit`;
const OF_ALL = history('');
const OF_PERSON = history('person_id = :personId AND');

type HeldMovement = StockMovement & { local_id: number };

/** Movements of a site, the newest first as the server got them; what is pending here comes before the first page. */
export async function movementHistory(
  reader: ReplicaReader,
  input: MovementHistoryInput,
  signal: AbortSignal,
): Promise<MovementHistory> {
  const [site] = reader.sitesOf(input.siteId);
  if (!site) return { items: [], nextCursor: null };
  const pending = input.cursor === null ? pendingOf(reader.work, site, input) : [];
  const { rows, nextCursor } = await heldRows(site.db, input, signal);
  const ids = new Set(pending.map(({ id }) => id));
  const { siteId } = input;
  const moved = [
    ...pending.map((row) => ({ siteId, row, pending: true })),
    ...rows.filter(({ id }) => !ids.has(id)).map((row) => ({ siteId, row, pending: false })),
  ];
  return { items: movementViews(reader, moved), nextCursor };
}

function pendingOf(
  work: StatementCache,
  { siteId, db }: SiteReader,
  input: MovementHistoryInput,
): StockMovement[] {
  const contained = db.first<ContainedPoint>(CONTAINED_POINT);
  if (!contained) return [];
  const { productId, locationId } = input;
  return pendingMovements(
    work,
    { scope: siteScope(siteId), contained },
    { productId, locationId, limit: PENDING_MAX },
  ).filter((movement) => fits(movement, input));
}

function fits(movement: StockMovement, { personId, kind, cause, from, to }: MovementHistoryInput) {
  return (
    (personId === null || movement.person_id === personId) &&
    (kind === null || movement.kind === kind) &&
    (cause === null || movement.cause === cause) &&
    (from === null || movement.moved_at >= from) &&
    (to === null || movement.moved_at < to)
  );
}

async function heldRows(
  db: StatementCache,
  { cursor, limit, ...input }: MovementHistoryInput,
  signal: AbortSignal,
): Promise<{ rows: HeldMovement[]; nextCursor: number | null }> {
  const { productId, locationId, personId, kind, cause, from, to } = input;
  const narrowed = { productId, locationId, personId, kind, cause, from, to };
  const sql = personId === null ? OF_ALL : OF_PERSON;
  const rows: HeldMovement[] = [];
  let newest = cursor ?? db.value<number>(NEWEST) ?? 0;
  while (newest > 0) {
    const oldest = Math.max(0, newest - ROWS_PER_STEP);
    const values = { ...narrowed, newest, oldest, limit: limit + 1 - rows.length };
    rows.push(...db.all<HeldMovement>(sql, values));
    if (rows.length > limit) break;
    newest = oldest;
    if (newest > 0) await breathe(signal);
  }
  const next = rows[limit];
  return { rows: rows.slice(0, limit), nextCursor: next?.local_id ?? null };
}
