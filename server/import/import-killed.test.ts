import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ImportBench } from './import-bench.ts';
import { IMPORT_BATCH_LINES } from './import-records.ts';

let bench: ImportBench;
beforeEach(() => {
  bench = new ImportBench();
});
afterEach(() => bench.remove());

const CLI = join(import.meta.dirname, '..', 'cli', 'main.ts');
const LINES = IMPORT_BATCH_LINES * 5;

it('leaves whole batches when it is killed, and a rerun completes them', async () => {
  const lines = Array.from({ length: LINES }, (_, at) => `S${at}\tName ${at}\tGroup/${at % 50}`);
  const file = bench.file('many.tsv', `sku\tname\tcategory\n${lines.join('\n')}\n`);
  const child = spawn(process.execPath, [CLI, 'import', file, '--data', bench.data], {
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  await untilBatches(2);
  child.kill('SIGKILL');
  await ended;

  const database = new Database(join(bench.data, 'server.db'));
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  database.close();
  const { length } = await bench.rows('product');
  expect(length).toBeGreaterThanOrEqual(IMPORT_BATCH_LINES * 2);
  expect(length % IMPORT_BATCH_LINES).toBe(0);

  const rerun = await bench.run(file);
  expect(rerun.totals).toEqual({
    read: LINES,
    imported: LINES - length,
    unchanged: length,
    rejected: 0,
  });
  expect(await bench.rows('product')).toHaveLength(LINES);
  expect(await bench.rows('category')).toHaveLength(51);
});

/** Until the other process has committed so many. */
async function untilBatches(count: number): Promise<void> {
  const path = join(bench.data, 'server.db');
  for (;;) {
    await sleep(5);
    if (!existsSync(path)) continue;
    const database = new Database(path, { readonly: true });
    try {
      const version = database
        .prepare("SELECT version FROM sync_scope WHERE scope = 'catalogue'")
        .pluck()
        .get();
      if (Number(version) >= count) return;
    } catch {
      // The tables are not there yet.
    } finally {
      database.close();
    }
  }
}
