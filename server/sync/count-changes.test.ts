import { expect, onTestFinished, test } from 'vitest';
import { categoryRow } from '../../tests/support/server-rows.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { openTestStore } from '../../tests/support/test-store.ts';
import { countChanges } from './count-changes.ts';
import { commitChanges } from './scope-commit.ts';

const newFolder = useTempFolders();

test('more entries than one step are counted exactly, up to the bound', async () => {
  const store = await openTestStore({ dataDir: newFolder() });
  onTestFinished(() => store.close());
  for (const commit of [0, 1, 2]) {
    const rows = Array.from({ length: 34_000 }, (_, at) => categoryRow(commit * 34_000 + at));
    await commitChanges(store, (tx) => tx.insert('category', rows));
  }
  const count = (from: number, max: number): Promise<number> =>
    countChanges(store.reader, { scopeId: 1, from, max });
  expect(await count(0, 1_000_000)).toBe(102_000);
  expect(await count(1, 1_000_000)).toBe(68_000);
  expect(await count(3, 1_000_000)).toBe(0);
  for (const max of [1, 49_999, 50_000, 50_001, 101_999, 102_000]) {
    expect(await count(0, max)).toBe(max);
  }
  expect(await countChanges(store.reader, { scopeId: 2, from: 0, max: 10 })).toBe(0);
}, 30_000);
