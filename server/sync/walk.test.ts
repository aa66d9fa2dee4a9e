import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { CATALOGUE_SCOPE, type Scope, siteScope } from '../../shared/sync/scope.ts';
import { ModelLaptop } from '../../tests/support/model-laptop.ts';
import { recountScopes, storedDigests } from '../../tests/support/recount-scopes.ts';
import { idOf, locationRow, productRow, siteRow } from '../../tests/support/server-rows.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { openTestStore } from '../../tests/support/test-store.ts';
import { OPEN } from '../auth/actor.ts';
import type { ServerStore } from '../store/open-store.ts';
import type { ChangeTransaction } from './change-transaction.ts';
import { pull } from './pull.ts';
import { commitChanges } from './scope-commit.ts';

const newFolder = useTempFolders();

const SITES = [900, 901] as const;
const SCOPES: readonly Scope[] = [CATALOGUE_SCOPE, ...SITES.map((site) => siteScope(idOf(site)))];

/** Few rows, so that the same ones are changed, removed, made anew and moved again and again. */
const product = fc.record({
  kind: fc.constant('product'),
  number: fc.nat(11),
  name: fc.constantFrom('a', 'b', 'c'),
});
const location = fc.record({
  kind: fc.constant('location'),
  number: fc.integer({ min: 100, max: 107 }),
  site: fc.constantFrom(...SITES),
});
const removal = fc.record({
  kind: fc.constant('removal'),
  number: fc.oneof(fc.nat(11), fc.integer({ min: 100, max: 107 })),
});
type Change =
  | { kind: 'product'; number: number; name: string }
  | { kind: 'location'; number: number; site: number }
  | { kind: 'removal'; number: number };
const commit = fc.record({
  kind: fc.constant('commit' as const),
  changes: fc.array(fc.oneof(product, location, removal) as fc.Arbitrary<Change>, {
    minLength: 1,
    maxLength: 6,
  }),
});
const page = fc.record({
  kind: fc.constant('page' as const),
  maxRows: fc.integer({ min: 1, max: 5 }),
});

async function change(tx: ChangeTransaction, wanted: Change): Promise<void> {
  const id = idOf(wanted.number);
  const entity = wanted.number < 100 ? 'product' : 'location';
  if (wanted.kind === 'removal') {
    await tx.remove(entity, [id]);
    return;
  }
  const isThere = await tx.db
    .selectFrom(entity as 'product')
    .select('id')
    .where('id', '=', id)
    .executeTakeFirst();
  const verb = isThere === undefined ? 'insert' : 'update';
  if (wanted.kind === 'product') {
    await tx[verb]('product', [productRow(wanted.number, { name: wanted.name })]);
  } else {
    await tx[verb]('location', [locationRow(wanted.number, { site_id: idOf(wanted.site) })]);
  }
}

async function commitAll(store: ServerStore, changes: readonly Change[]): Promise<void> {
  await commitChanges(store, async (tx) => {
    for (const wanted of changes) await change(tx, wanted);
  });
  expect(await storedDigests(store)).toEqual(await recountScopes(store));
}

async function pullPage(store: ServerStore, laptop: ModelLaptop, maxRows: number) {
  const output = await pull(
    { store, actor: OPEN },
    {
      protocol: 1,
      deviceId: idOf(1),
      serverId: null,
      cursors: laptop.cursors,
      maxRows,
    },
  );
  const given = output.scopes.flatMap((answer) => (answer.kind === 'page' ? answer.entities : []));
  const rows = given.reduce((sum, part) => sum + part.rows.length + part.deletes.length, 0);
  expect(rows).toBeLessThanOrEqual(maxRows);
  const whole = laptop.apply(output);
  for (const { scope, digest } of whole) expect(laptop.digestOf(scope)).toEqual(digest);
  return whole;
}

test('whatever is written between pages, a laptop that walks to the end equals the server', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(commit, page), { maxLength: 40 }), async (steps) => {
      const store = await openTestStore({ dataDir: newFolder() });
      try {
        await commitChanges(store, (tx) =>
          tx.insert(
            'site',
            SITES.map((site) => siteRow(site)),
          ),
        );
        const laptop = new ModelLaptop(SCOPES);
        for (const step of steps) {
          if (step.kind === 'page') await pullPage(store, laptop, step.maxRows);
          else await commitAll(store, step.changes);
        }
        for (let pages = 0; (await pullPage(store, laptop, 3)).length < SCOPES.length; pages++) {
          expect(pages).toBeLessThan(100);
        }
        const truth = await recountScopes(store);
        for (const scope of SCOPES) expect(laptop.digestOf(scope)).toEqual(truth.get(scope));
      } finally {
        await store.close();
      }
    }),
    // A failure prints its seed and the smallest steps that still fail.
    { numRuns: 60 },
  );
}, 120_000);
