import type { Kysely } from 'kysely';
import type { PageToken } from '../../../shared/sync/protocol.ts';
import { flavourOf } from '../../store/engine/flavour-of.ts';
import type { ServerStore } from '../../store/open-store.ts';
import { OPERATION_PUT, type ServerDatabase } from '../../store/server-database.ts';
import { isAfter } from '../../sync/change-order.ts';
import { readScopeStates, type ScopeState } from '../../sync/scope-state.ts';
import type { Pause } from './pause.ts';

/** Entries of the change index looked at in one go, by the index alone: some 20 ms. */
const ENTRIES_PER_STEP = 20_000;

export interface TombstoneOptions {
  /** Versions that were there by then may be forgotten. */
  before: number;
  now: number;
  pause: Pause;
}

/**
 * Forgets what was deleted or moved away long ago. First a scope says up to which version it cannot tell any more, so that no
 * laptop goes on from there; then the entries go, a step at a time. Returns how many.
 */
export async function compactTombstones(
  store: ServerStore,
  { before, now, pause }: TombstoneOptions,
): Promise<number> {
  let removed = 0;
  for (const state of (await readScopeStates(store.reader)).values()) {
    const floor = before >= now ? state.version : await versionAt(store.reader, state, before);
    if (floor <= state.floorVersion) continue;
    await store.writer
      .updateTable('sync_scope')
      .set({ floor_version: floor })
      .where('scope_id', '=', state.scopeId)
      .where('floor_version', '<', floor)
      .execute();
    removed += await removeUpTo(store, { scopeId: state.scopeId, floor, pause });
  }
  return removed;
}

/** 0 if nobody noted one so long ago. */
async function versionAt(
  db: Kysely<ServerDatabase>,
  { scopeId }: ScopeState,
  at: number,
): Promise<number> {
  const mark = await db
    .selectFrom('scope_mark')
    .select('version')
    .where('scope_id', '=', scopeId)
    .where('marked_at', '<=', at)
    .orderBy('marked_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return mark?.version ?? 0;
}

async function removeUpTo(
  store: ServerStore,
  { scopeId, floor, pause }: { scopeId: number; floor: number; pause: Pause },
): Promise<number> {
  let removed = 0;
  for (let from: PageToken | number = 0; ;) {
    const start: PageToken | number = from;
    const entries = await store.reader
      .selectFrom('sync_change')
      .select(['version', 'entity', 'id', 'operation'])
      .where('scope_id', '=', scopeId)
      .where('version', '<=', floor)
      .where((change) => isAfter(change, start))
      .orderBy('version')
      .orderBy('entity')
      .orderBy('id')
      .limit(ENTRIES_PER_STEP)
      .execute();
    const gone = entries.filter(({ operation }) => operation !== OPERATION_PUT);
    if (gone.length > 0) removed += await remove(store, { scopeId, floor }, gone);
    const last = entries.at(-1);
    if (last === undefined || entries.length < ENTRIES_PER_STEP) return removed;
    from = { version: last.version, entity: last.entity, id: last.id };
    await pause();
  }
}

/** Under their ids there may be rows again by now, so it is looked at once more. */
async function remove(
  store: ServerStore,
  { scopeId, floor }: { scopeId: number; floor: number },
  gone: readonly { entity: number; id: string }[],
): Promise<number> {
  const { tupleAmong } = flavourOf(store.writer);
  const { numDeletedRows } = await store.writer
    .deleteFrom('sync_change')
    .where('scope_id', '=', scopeId)
    .where('operation', '<>', OPERATION_PUT)
    .where('version', '<=', floor)
    .where(
      tupleAmong(
        ['entity', 'id'],
        gone.map(({ entity, id }) => [entity, id]),
      ),
    )
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
