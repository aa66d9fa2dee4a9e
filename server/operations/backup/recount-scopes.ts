import { type Kysely, sql } from 'kysely';
import { TallymanError } from '../../../shared/errors.ts';
import {
  addHash,
  type Digest,
  EMPTY_DIGEST,
  rowHash,
  sameDigest,
} from '../../../shared/sync/digest.ts';
import { scopeKindOf } from '../../../shared/sync/scope.ts';
import { type EntityStorage, storagesOf } from '../../store/entity-storage.ts';
import type { ServerDatabase } from '../../store/server-database.ts';
import { scanStep } from '../../sync/change-scan.ts';
import { readEntityPage } from '../../sync/entity-page.ts';
import { readScopeStates } from '../../sync/scope-state.ts';

const ROWS_PER_PAGE = 2_000;

/**
 * Works the digest of every scope out anew from its rows, and counts that no row is in no scope. Throws STORE_DAMAGED if
 * anything is not as the scopes say.
 */
export async function recountScopes(db: Kysely<ServerDatabase>): Promise<void> {
  const states = await readScopeStates(db);
  const counted = new Map<string, number>();
  for (const [scope, { scopeId, rowCount, rowSum }] of states) {
    let digest = EMPTY_DIGEST;
    for (const storage of storagesOf(scopeKindOf(scope))) {
      const before = digest.count;
      digest = await digestOf(db, { scopeId, storage, digest });
      const { name } = storage.definition;
      counted.set(name, (counted.get(name) ?? 0) + digest.count - before);
    }
    if (!sameDigest(digest, { count: rowCount, sum: rowSum })) throw damaged(scope);
  }
  for (const [entity, count] of counted) {
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from ${sql.table(entity)}`.execute(db);
    if (rows[0]?.count !== count) throw damaged(entity);
  }
}

async function digestOf(
  db: Kysely<ServerDatabase>,
  { scopeId, storage, digest }: { scopeId: number; storage: EntityStorage; digest: Digest },
): Promise<Digest> {
  const { place, definition, columns } = storage;
  let { count, sum } = digest;
  for (let afterId = ''; ;) {
    const step = await scanStep(db, { scopeId, entity: place, afterId }).execute();
    for (let at = 0; at < step.length; at += ROWS_PER_PAGE) {
      const ids = step.slice(at, at + ROWS_PER_PAGE).map(({ id }) => id);
      const { rows } = await readEntityPage(db, place, { ids, deletes: [] });
      for (const row of rows) {
        const values = row.slice(0, columns.length);
        sum = addHash(sum, rowHash(definition.name, values, Number(row[columns.length])));
      }
      count += rows.length;
    }
    const last = step.at(-1);
    if (last === undefined) return { count, sum };
    afterId = last.id;
  }
}

function damaged(what: string): TallymanError {
  return new TallymanError(
    'STORE_DAMAGED',
    `The rows of ${what} are not those that were written. This copy is not whole; take another one.`,
    { details: { what } },
  );
}
