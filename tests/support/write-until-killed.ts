import { parseArgs } from 'node:util';
import { openStore } from '../../server/store/open-store.ts';
import { commitChanges } from '../../server/sync/scope-commit.ts';
import { productRow } from './server-rows.ts';

/** A program that commits without end, for a test to kill in the middle. Tells when the first commit is done. */
const { values } = parseArgs({ options: { data: { type: 'string', default: '' } } });
const store = await openStore({ dataDir: values.data });
const last = await store.reader
  .selectFrom('product')
  .select((row) => row.fn.countAll<number>().as('count'))
  .executeTakeFirstOrThrow();
for (let from = last.count; ; from += 200) {
  const rows = Array.from({ length: 200 }, (_, at) => productRow(from + at));
  await commitChanges(store, async (tx) => {
    await tx.insert('product', rows);
    const changed = rows.slice(0, 100).map((row) => ({ ...row, name: 'changed' }));
    await tx.update('product', changed);
  });
  if (from === last.count) process.stdout.write('first commit is done\n');
}
