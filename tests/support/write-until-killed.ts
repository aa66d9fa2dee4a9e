import { parseArgs } from 'node:util';
import { openStore } from '../../server/store/open-store.ts';
import { commitChanges } from '../../server/sync/scope-commit.ts';
import { productRow } from './server-rows.ts';

/**
 * A program that commits without end, for a test to kill in the middle. Tells when the first commit is done. Several may write
 * at once, each with numbers from another `--from` on.
 */
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '' },
    from: { type: 'string' },
    rows: { type: 'string', default: '200' },
  },
});
const store = await openStore({
  dataDir: values.data,
  database: process.env['TALLYMAN_DATABASE'],
});
const rowsEach = Number(values.rows);
const first = values.from === undefined ? await rowsSoFar() : Number(values.from);
for (let from = first; ; from += rowsEach) {
  const rows = Array.from({ length: rowsEach }, (_, at) => productRow(from + at));
  await commitChanges(store, async (tx) => {
    await tx.insert('product', rows);
    const changed = rows.slice(0, rowsEach / 2).map((row) => ({ ...row, name: 'changed' }));
    await tx.update('product', changed);
  });
  if (from === first) process.stdout.write('first commit is done\n');
}

async function rowsSoFar(): Promise<number> {
  const last = await store.reader
    .selectFrom('product')
    .select((row) => row.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return last.count;
}
