import type { Kysely } from 'kysely';
import type { News } from '../../../shared/sync/poke-protocol.ts';
import type { ScopeAnswer } from '../../../shared/sync/protocol.ts';
import type { Scope } from '../../../shared/sync/scope.ts';
import { readRightsChanges } from '../../auth/rights-changes.ts';
import { flavourOf } from '../../store/engine/flavour-of.ts';
import type { ServerStore } from '../../store/open-store.ts';
import type { ServerDatabase } from '../../store/server-database.ts';
import { readChanges } from '../change-page.ts';
import { answerHead, readScopeState } from '../scope-state.ts';

/** An edit, a movement with its stock, a small delivery. More is asked for, so that lines stay short. */
const NEWS_ROWS_MAX = 20;
/** A quarter of what a laptop takes as one event. */
const NEWS_CHARACTERS_MAX = 16 * 1024;

export interface NewsRequest {
  scope: Scope;
  /** The version that those who listen were told last. */
  from: number;
  deviceIds: readonly string[];
}

/** Read once for all who listen to a scope. */
export interface ScopeNews {
  scope: Scope;
  from: number;
  version: number;
  /** How often rights were changed until this moment. */
  rightsChanges: number;
  /** As the pull of this laptop would be answered. */
  newsFor: (deviceId: string) => News;
}

/** Null if that is too much for a poke, or nothing that can be carried on from. */
export async function readNews(
  store: ServerStore,
  { scope, from, deviceIds }: NewsRequest,
): Promise<ScopeNews | null> {
  const read = await store.reader.transaction().execute(async (db) => {
    const page = await readAnswer(db, scope, from);
    // Of the same snapshot: the rows show what these operations did, and nothing of later ones.
    if (page === null) return null;
    const lastNumbers = await lastNumbersOf(db, deviceIds);
    return { page, lastNumbers, rightsChanges: await readRightsChanges(db) };
  });
  if (read === null) return null;
  const { page, lastNumbers, rightsChanges } = read;
  return {
    scope,
    from,
    version: page.version,
    rightsChanges,
    newsFor: (deviceId) => ({
      scope,
      from,
      answer: {
        serverId: store.serverId,
        lastNumber: lastNumbers.get(deviceId) ?? 0,
        scopes: [page],
      },
    }),
  };
}

type Page = Extract<ScopeAnswer, { kind: 'page' }>;

async function readAnswer(
  db: Kysely<ServerDatabase>,
  scope: Scope,
  from: number,
): Promise<Page | null> {
  const state = await readScopeState(db, scope);
  // A laptop at version 0 has begun nothing yet, and below the floor some of what was deleted is forgotten.
  if (state === null || from === 0 || from < state.floorVersion || from >= state.version)
    return null;
  const request = { scopeId: state.scopeId, from, tombstonesAfter: 0, maxRows: NEWS_ROWS_MAX };
  const { entities, more, after } = await readChanges(db, request);
  if (more || JSON.stringify(entities).length > NEWS_CHARACTERS_MAX) return null;
  return { ...answerHead(scope, state), kind: 'page', entities, more, after, following: null };
}

async function lastNumbersOf(
  db: Kysely<ServerDatabase>,
  deviceIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('sync_device')
    .select(['device_id', 'last_number'])
    .where(flavourOf(db).idAmong('device_id', [...deviceIds]))
    .execute();
  return new Map(rows.map(({ device_id: id, last_number: number }) => [id, number]));
}
