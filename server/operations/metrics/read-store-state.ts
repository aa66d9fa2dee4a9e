import { type Kysely, sql } from 'kysely';
import { deviceHealthField } from '../../../shared/sync/auth-protocol.ts';
import { scopeKindOf } from '../../../shared/sync/scope.ts';
import type { ServerDatabase } from '../../store/server-database.ts';
import { readScopeStates } from '../../sync/scope-state.ts';

/** Five minutes, an hour, a shift, a day, a week, a month. */
const SEEN_WITHIN_SECONDS = [300, 3_600, 28_800, 86_400, 604_800, 2_592_000] as const;
/** Of laptops looked at for what they reported, those seen last. */
const REPORTS_MAX = 20_000;

export interface StoreState {
  scopes: ReadonlyMap<string, { scopes: number; rows: number; versions: number }>;
  /** By the bounds in seconds, and of all. */
  seen: ReadonlyMap<number, number>;
  waiting: number;
  refused: number;
  oldestWaitingAt: number | null;
}

/** What the database tells of an organisation's sync, in three statements that each cost milliseconds. */
export async function readStoreState(db: Kysely<ServerDatabase>, now: number): Promise<StoreState> {
  const scopes = new Map<string, { scopes: number; rows: number; versions: number }>();
  for (const [scope, { rowCount, version }] of await readScopeStates(db)) {
    const kind = scopeKindOf(scope);
    const sum = scopes.get(kind) ?? { scopes: 0, rows: 0, versions: 0 };
    scopes.set(kind, {
      scopes: sum.scopes + 1,
      rows: sum.rows + rowCount,
      versions: sum.versions + version,
    });
  }
  return { scopes, seen: await readSeen(db, now), ...(await readReports(db)) };
}

/** Of laptops on which people sign in; before there are any, of those that have sent something. */
async function readSeen(
  db: Kysely<ServerDatabase>,
  now: number,
): Promise<ReadonlyMap<number, number>> {
  const bounds = [...SEEN_WITHIN_SECONDS, Infinity];
  const sums = bounds.map((seconds, at) =>
    sql<number>`coalesce(sum(case when last_seen >= ${
      Number.isFinite(seconds) ? now - seconds * 1_000 : 0
    } then 1 else 0 end), 0)`.as(`b${at}`),
  );
  const enrolled = await db
    .selectFrom('device')
    .select(sums)
    .where('revoked_at', 'is', null)
    .executeTakeFirstOrThrow();
  const counts = Object.values(enrolled).map(Number);
  const found =
    (counts.at(-1) ?? 0) > 0
      ? counts
      : Object.values(
          await db.selectFrom('sync_device').select(sums).executeTakeFirstOrThrow(),
        ).map(Number);
  return new Map(bounds.map((bound, at) => [bound, found[at] ?? 0]));
}

async function readReports(
  db: Kysely<ServerDatabase>,
): Promise<Pick<StoreState, 'waiting' | 'refused' | 'oldestWaitingAt'>> {
  const rows = await db
    .selectFrom('device')
    .select('health')
    .where('revoked_at', 'is', null)
    .where('health', 'is not', null)
    .orderBy('last_seen', 'desc')
    .limit(REPORTS_MAX)
    .execute();
  let [waiting, refused] = [0, 0];
  let oldestWaitingAt: number | null = null;
  for (const { health } of rows) {
    const report = deviceHealthField.safeParse(JSON.parse(health ?? 'null'));
    if (!report.success) continue;
    waiting += report.data.waiting;
    refused += report.data.refused;
    const oldest = report.data.oldestWaitingAt;
    if (oldest !== null) oldestWaitingAt = Math.min(oldest, oldestWaitingAt ?? oldest);
  }
  return { waiting, refused, oldestWaitingAt };
}
