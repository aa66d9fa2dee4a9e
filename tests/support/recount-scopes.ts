import { isDeepStrictEqual } from 'node:util';
import { ENTITIES } from '../../shared/entities/registry.ts';
import { addHash, type Digest, EMPTY_DIGEST, rowHash } from '../../shared/sync/digest.ts';
import { CATALOGUE_SCOPE, siteScope } from '../../shared/sync/scope.ts';
import { storageNamed } from '../../server/store/entity-storage.ts';
import type { ServerStore } from '../../server/store/open-store.ts';

/** The digest of every scope, from nothing but the rows of the entity tables. */
export async function recountScopes(store: ServerStore): Promise<Map<string, Digest>> {
  const digests = new Map<string, Digest>([[CATALOGUE_SCOPE, EMPTY_DIGEST]]);
  for (const site of await store.reader.selectFrom('site').select('id').execute()) {
    digests.set(siteScope(site.id), EMPTY_DIGEST);
  }
  for (const { name } of ENTITIES) {
    const storage = storageNamed(name);
    const rows = await store.reader
      .selectFrom(name as 'location')
      .selectAll()
      .execute();
    for (const row of rows) {
      const values = storage.toStored(row);
      const scope = storage.siteColumn === null ? CATALOGUE_SCOPE : siteScope(row.site_id);
      const { count, sum } = digests.get(scope) ?? EMPTY_DIGEST;
      const hash = rowHash(name, values, row.row_version);
      digests.set(scope, { count: count + 1, sum: addHash(sum, hash) });
    }
  }
  return digests;
}

/** What the server keeps as it goes along. */
export async function storedDigests(store: ServerStore): Promise<Map<string, Digest>> {
  const scopes = await store.reader.selectFrom('sync_scope').selectAll().execute();
  return new Map(
    scopes.map(({ scope, row_count, row_sum }) => [scope, { count: row_count, sum: row_sum }]),
  );
}

/** For the end of a test that wrote anything. */
export async function assertDigestsHold(store: ServerStore): Promise<void> {
  if (isDeepStrictEqual(await storedDigests(store), await recountScopes(store))) return;
  throw new Error('the digests of the server are not those of its rows');
}
