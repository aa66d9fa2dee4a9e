import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type RunningServer, startServer } from '../../server/start-server.ts';
import { commitChanges } from '../../server/sync/scope-commit.ts';
import { type Finished, runProgram } from '../support/run-program.ts';
import { locationRow, productRow, siteRow } from '../support/server-rows.ts';
import { useTempFolders } from '../support/temp-folder.ts';

/**
 * Goal: an import that is cut off can be run again, and the goods are those of the file. Method: the app as a process of its
 * own imports a file as the screen does; it is killed in the middle, again and again, imports the same file from its start,
 * and sends its work. What counts is what the server holds in the end.
 */
const ROWS = 2_000;
const PRODUCTS = 40;
/** The process is killed when it has told of so many rows. */
const KILLS = [400, 600];

const tempFolder = useTempFolders();

const FILES = {
  stock: [
    'sku,location,quantity,lot',
    ...numbers().map((number) => `SKU-${number % PRODUCTS},L0,${quantityOf(number)},LOT-${number}`),
  ].join('\n'),
  locations: ['code,name', ...numbers().map((number) => `NEW-${number},Shelf ${number}`)].join(
    '\n',
  ),
} as const;

test.each(['stock', 'locations'] as const)(
  'F24: an import of %s that is killed in the middle and run again has every row once',
  { timeout: 170_000 },
  async (kind) => {
    const server = await startServer({ dataDir: tempFolder(), port: 0 });
    try {
      await fill(server);
      const folder = tempFolder();
      const file = join(folder, 'rows.csv');
      writeFileSync(file, FILES[kind]);
      const args = ['--data', folder, '--server', server.url, '--file', file, '--kind', kind];
      for (const stop of KILLS) expect(await importUntil(stop, args)).toMatchObject(KILLED);
      const ended = await importUntil(Infinity, args);
      expect(ended, ended.stderr).toMatchObject({ code: 0 });
      const totals = totalsIn(ended.stdout);
      expect(totals).toMatchObject({ rows: ROWS });
      // What was recorded before a kill is neither planned nor written again.
      expect(totals.planned).toBeLessThan(ROWS - Math.max(...KILLS));
      expect(totals.written).toBe(totals.planned);
      await expectAll(server, kind);
      const again = totalsIn((await importUntil(Infinity, args)).stdout);
      expect(again).toEqual({ rows: ROWS, planned: 0, written: 0 });
      await expectAll(server, kind);
    } finally {
      await server.close();
    }
  },
);

const KILLED = { signal: 'SIGKILL' } as const;

async function fill({ store }: RunningServer): Promise<void> {
  await commitChanges(store, async (tx) => {
    await tx.insert('site', [siteRow(0)]);
    await tx.insert('location', [locationRow(0)]);
    const products = Array.from({ length: PRODUCTS }, (_, number) =>
      productRow(number, { tracking: 'lot' }),
    );
    await tx.insert('product', products);
  });
}

async function importUntil(stop: number, args: readonly string[]): Promise<Finished> {
  const program = runProgram('tests/support/import-until-killed.ts', args);
  program.child.stdout?.on('data', () => {
    const told = [...program.stdout().matchAll(/^done (\d+)$/gm)];
    if (Number(told.at(-1)?.[1] ?? 0) >= stop) program.child.kill('SIGKILL');
  });
  return program.ended;
}

function totalsIn(stdout: string): { rows: number; planned: number; written: number } {
  const [, json = '{}'] = /^totals (.*)$/m.exec(stdout) ?? [];
  return JSON.parse(json) as { rows: number; planned: number; written: number };
}

async function expectAll({ store }: RunningServer, kind: keyof typeof FILES): Promise<void> {
  if (kind === 'locations') {
    const rows = await store.reader.selectFrom('location').select(['code', 'name']).execute();
    const made = rows.filter(({ code }) => code.startsWith('NEW-'));
    expect(new Map(made.map(({ code, name }) => [code, name]))).toEqual(
      new Map(numbers().map((number) => [`NEW-${number}`, `Shelf ${number}`])),
    );
    expect(made).toHaveLength(ROWS);
    return;
  }
  const levels = await store.reader.selectFrom('stock_level').select(['lot', 'quantity']).execute();
  const expected = numbers().map((number) => [`LOT-${number}`, quantityOf(number)] as const);
  expect(new Map(levels.map(({ lot, quantity }) => [lot, quantity]))).toEqual(new Map(expected));
  expect(levels).toHaveLength(ROWS);
  const movements = await store.reader.selectFrom('stock_movement').select('id').execute();
  expect(movements).toHaveLength(ROWS);
}

function numbers(): number[] {
  return Array.from({ length: ROWS }, (_, number) => number);
}

function quantityOf(number: number): number {
  return (number % 9) + 1;
}
