import { expect, onTestFinished, test } from 'vitest';
import { addHash, BUCKET_COUNT, bucketOf } from '../../shared/sync/digest.ts';
import type { BucketRowsInput } from '../../shared/sync/protocol.ts';
import { entitiesOf } from '../../shared/entities/registry.ts';
import { CATALOGUE_SCOPE } from '../../shared/sync/scope.ts';
import { storedDigests } from '../../tests/support/recount-scopes.ts';
import { idOf, productRow } from '../../tests/support/server-rows.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { openTestStore } from '../../tests/support/test-store.ts';
import { OPEN } from '../auth/actor.ts';
import type { ServerStore } from '../store/open-store.ts';
import { bucketRows } from './bucket-rows.ts';
import { digests } from './digests.ts';
import { commitChanges } from './scope-commit.ts';

const newFolder = useTempFolders();

/** More than one step of a scan. */
const PRODUCTS = 45_000;

async function filledStore(): Promise<ServerStore> {
  const store = await openTestStore({ dataDir: newFolder() });
  onTestFinished(() => store.close());
  const products = Array.from({ length: PRODUCTS }, (_, at) => productRow(at));
  await commitChanges(store, (tx) => tx.insert('product', products));
  await commitChanges(store, (tx) => tx.remove('product', [idOf(0), idOf(1)]));
  return store;
}

test('the buckets of a scope sum up to its digest, and their rows can be had page by page', async () => {
  const store = await filledStore();
  const about = { protocol: 1, serverId: null, scope: CATALOGUE_SCOPE } as const;
  const { entities, version } = await digests({ store, actor: OPEN }, about);
  expect(version).toBe(2);
  expect(entities.map(({ entity }) => entity)).toEqual(
    entitiesOf('catalogue').map(({ name }) => name),
  );
  let [count, sum] = [0, 0];
  for (const { buckets } of entities) {
    expect(buckets.length).toBe(BUCKET_COUNT);
    for (const bucket of buckets) {
      count += bucket.count;
      sum = addHash(sum, bucket.sum);
    }
  }
  expect(count).toBe(PRODUCTS - 2);
  expect({ count, sum }).toEqual((await storedDigests(store)).get(CATALOGUE_SCOPE));

  const wanted = [3, 200];
  const found: string[] = [];
  const input: BucketRowsInput = {
    ...about,
    entity: 'product',
    buckets: wanted,
    afterId: null,
    maxRows: 100,
  };
  for (let more = true; more;) {
    const answer = await bucketRows({ store, actor: OPEN }, input);
    expect(answer.page.rows.length).toBeLessThanOrEqual(100);
    found.push(...answer.page.rows.map((row) => String(row[0])));
    input.afterId = found.at(-1) ?? null;
    more = answer.more;
  }
  const all = Array.from({ length: PRODUCTS - 2 }, (_, at) => idOf(at + 2));
  expect(found).toEqual(all.filter((id) => wanted.includes(bucketOf(id))).toSorted());
  const products = entities.find(({ entity }) => entity === 'product');
  expect(found.length).toBe(
    wanted.reduce((total, bucket) => total + (products?.buckets[bucket]?.count ?? 0), 0),
  );
});

test('an entity of another kind of scope is refused', async () => {
  const store = await openTestStore({ dataDir: newFolder() });
  onTestFinished(() => store.close());
  await expect(
    bucketRows(
      { store, actor: OPEN },
      {
        protocol: 1,
        serverId: null,
        scope: CATALOGUE_SCOPE,
        entity: 'location',
        buckets: [0],
        afterId: null,
        maxRows: 1,
      },
    ),
  ).rejects.toMatchObject({ code: 'BAD_INPUT' });
  await expect(
    digests({ store, actor: OPEN }, { protocol: 1, serverId: null, scope: `site:${idOf(1)}` }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
