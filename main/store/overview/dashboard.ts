import type {
  CountAccuracy,
  Dashboard,
  DashboardInput,
  DayOfMovements,
} from '../../../shared/desktop/overview-views.ts';
import { COUNT_STAGES } from '../../../shared/entities/stock-count.ts';
import {
  MOVEMENT_KINDS,
  type MovementKind,
  type StockMovement,
} from '../../../shared/entities/stock-movement.ts';
import type { ContainedPoint } from '../../../shared/replica/replica-state.ts';
import { siteScope } from '../../../shared/sync/scope.ts';
import { breathe } from '../breathe.ts';
import type { ReplicaReader, SiteReader } from '../catalogue/replica-reader.ts';
import { pendingMovements } from '../stock/pending-movements.ts';
import { CONTAINED_POINT } from '../contained-point.ts';

/** Rows read between two breaths: about 10 ms. */
const ROWS_PER_STEP = 10_000;
/** Three months of a busy site; what is older is not in the drawing anyway. */
const ROWS_MAX = 500_000;
const PENDING_MAX = 500;
const COUNTS_MAX = 12;

const NEWEST = 'SELECT max(local_id) FROM stock_movement';
/** What was taken back did not happen, nor did what took it back. */
const MOVEMENTS = `SELECT kind, quantity, moved_at AS movedAt, id, reverses FROM stock_movement
  WHERE local_id <= ? AND local_id > ?`;
const APPROVED = `SELECT id, code, approved_at AS approvedAt FROM stock_count
  WHERE stage = ${COUNT_STAGES.approved} AND approved_at IS NOT NULL ORDER BY approved_at DESC LIMIT ${COUNTS_MAX}`;
const LINES = `SELECT count(*) AS lines, coalesce(sum(counted = book), 0) AS exact,
    coalesce(sum(abs(counted - book)), 0) AS off
  FROM count_line WHERE count_id = ? AND counted IS NOT NULL`;

interface MovementRow {
  id: string;
  kind: MovementKind;
  quantity: number;
  movedAt: number;
  reverses: string | null;
}

/** What was moved day by day, and how right the counts found the book to be. */
export async function dashboard(
  reader: ReplicaReader,
  { siteId, dayStarts }: DashboardInput,
  signal: AbortSignal,
): Promise<Dashboard> {
  const [site] = reader.sitesOf(siteId);
  const days = new DayBook(dayStarts);
  if (!site) return { days: days.days(), counts: [], isWhole: true };
  for (const movement of pendingHere(reader, site)) days.add(movement);
  const isWhole = await addHeld(site, days, signal);
  return { days: days.days(), counts: countAccuracy(site), isWhole };
}

function pendingHere(reader: ReplicaReader, { siteId, db }: SiteReader): MovementRow[] {
  const contained = db.first<ContainedPoint>(CONTAINED_POINT);
  if (!contained) return [];
  const asked = { productId: null, locationId: null, limit: PENDING_MAX };
  const rows: StockMovement[] = pendingMovements(
    reader.work,
    { scope: siteScope(siteId), contained },
    asked,
  );
  return rows.map(({ moved_at: movedAt, ...row }) => ({ ...row, movedAt }));
}

/**
 * From the newest on, until a whole step is older than the first day: movements arrive roughly in their order, except those
 * of laptops that were offline for long. False if there were too many.
 */
async function addHeld({ db }: SiteReader, days: DayBook, signal: AbortSignal): Promise<boolean> {
  let newest = db.value<number>(NEWEST) ?? 0;
  for (let read = 0; newest > 0; read += ROWS_PER_STEP) {
    if (read >= ROWS_MAX) return false;
    const rows = db.all<MovementRow>(MOVEMENTS, newest, newest - ROWS_PER_STEP);
    let isOld = rows.length > 0;
    for (const row of rows) {
      days.add(row);
      isOld &&= row.movedAt < days.from;
    }
    if (isOld) return true;
    newest -= ROWS_PER_STEP;
    await breathe(signal);
  }
  return true;
}

function countAccuracy({ db }: SiteReader): CountAccuracy[] {
  return db
    .all<{ id: string; code: string; approvedAt: number }>(APPROVED)
    .flatMap(({ id, code, approvedAt }) => {
      const lines = db.first<Pick<CountAccuracy, 'lines' | 'exact' | 'off'>>(LINES, id);
      return lines ? [{ countId: id, code, approvedAt, ...lines }] : [];
    });
}

type Sums = Record<MovementKind, number>;
const noSums = (): Sums =>
  Object.fromEntries(MOVEMENT_KINDS.map((kind) => [kind, 0])) as unknown as Sums;

/** Sums movements up by day, each once: a pending one may be held by the replica a moment later. */
class DayBook {
  readonly #starts: readonly number[];
  readonly #days: { movements: Sums; pieces: Sums }[];
  readonly #seen = new Set<string>();
  readonly #counted = new Map<string, { day: number; kind: MovementKind; pieces: number }>();
  readonly #takenBack = new Set<string>();

  constructor(dayStarts: readonly number[]) {
    this.#starts = dayStarts;
    this.#days = dayStarts.slice(1).map(() => ({ movements: noSums(), pieces: noSums() }));
  }

  /** Where the first day begins. */
  get from(): number {
    return this.#starts[0] ?? 0;
  }

  add({ id, kind, quantity, movedAt, reverses }: MovementRow): void {
    if (this.#seen.has(id)) return;
    this.#seen.add(id);
    if (reverses !== null) {
      this.#takenBack.add(reverses);
      this.#count(reverses, -1);
      return;
    }
    const day = this.#starts.findLastIndex((start) => start <= movedAt);
    if (day < 0 || day >= this.#days.length) return;
    this.#counted.set(id, { day, kind, pieces: Math.abs(quantity) });
    if (!this.#takenBack.has(id)) this.#count(id, 1);
  }

  days(): DayOfMovements[] {
    return this.#days.map((day, at) => ({ startsAt: this.#starts[at] ?? 0, ...day }));
  }

  #count(id: string, sign: 1 | -1): void {
    const counted = this.#counted.get(id);
    const day = counted && this.#days[counted.day];
    if (!counted || !day) return;
    day.movements[counted.kind] += sign;
    day.pieces[counted.kind] += sign * counted.pieces;
  }
}
