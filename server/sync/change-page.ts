import type { Kysely } from 'kysely';
import type { EntityPage, PageToken } from '../../shared/sync/protocol.ts';
import { OPERATION_PUT, type ServerDatabase } from '../store/server-database.ts';
import { isAfter } from './change-order.ts';
import { readEntityPage } from './entity-page.ts';

export interface ChangesRequest {
  scopeId: number;
  /** Where the last page ended, or the version up to which everything is held. */
  from: PageToken | number;
  /** Deletes and leaves up to this version are left out. */
  tombstonesAfter: number;
  maxRows: number;
}

export interface ChangePage {
  entities: readonly EntityPage[];
  /** Rows and deletes of the page together. */
  entries: number;
  more: boolean;
  after: PageToken | null;
}

/** One page of the change index in its order (version, entity, id), with the rows that it points to. */
export async function readChanges(
  db: Kysely<ServerDatabase>,
  request: ChangesRequest,
): Promise<ChangePage> {
  // One more than asked for tells whether another page follows.
  const found = await changeQuery(db, request)
    .limit(request.maxRows + 1)
    .execute();
  const more = found.length > request.maxRows;
  const entries = more ? found.slice(0, request.maxRows) : found;
  const last = entries.at(-1);
  return {
    entities: await readEntities(db, entries),
    entries: entries.length,
    more,
    after: more && last ? { version: last.version, entity: last.entity, id: last.id } : null,
  };
}

function changeQuery(db: Kysely<ServerDatabase>, request: ChangesRequest) {
  return db
    .selectFrom('sync_change')
    .select(['version', 'entity', 'id', 'operation'])
    .where('scope_id', '=', request.scopeId)
    .where((change) => isAfter(change, request.from))
    .where((change) =>
      change.or([
        change('operation', '=', OPERATION_PUT),
        change('version', '>', request.tombstonesAfter),
      ]),
    )
    .orderBy('version')
    .orderBy('entity')
    .orderBy('id');
}

interface ChangeEntry {
  entity: number;
  id: string;
  operation: number;
}

/** By entity in the order of the registry, so that what is pointed to comes before what points to it. */
async function readEntities(
  db: Kysely<ServerDatabase>,
  entries: readonly ChangeEntry[],
): Promise<EntityPage[]> {
  const byEntity = Map.groupBy(entries, (entry) => entry.entity);
  const pages: EntityPage[] = [];
  for (const [entity, changes] of [...byEntity].toSorted(([a], [b]) => a - b)) {
    const ids: string[] = [];
    const deletes: string[] = [];
    for (const { id, operation } of changes) (operation === OPERATION_PUT ? ids : deletes).push(id);
    pages.push(await readEntityPage(db, entity, { ids, deletes }));
  }
  return pages;
}
