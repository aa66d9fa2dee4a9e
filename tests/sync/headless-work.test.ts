import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { takeOwnerLock } from '../../main/store/owner-lock.ts';
import { runProgram } from '../support/run-program.ts';
import { idOf, locationRow, siteRow } from '../support/server-rows.ts';
import { type HostileLaptop, lastJson } from './hostile/support/hostile-laptop.ts';
import { BARCODES } from './hostile/support/opening.ts';
import { type HostileWorld, openHostileWorld } from './hostile/support/hostile-world.ts';
import { levelsOf } from './hostile/support/look-into-server.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const [TEA = '', TIN = '', JAR = ''] = BARCODES;
const UUID = /^[0-9a-f-]{36}$/;

let world: HostileWorld;
let laptop: HostileLaptop;
beforeAll(async () => {
  world = await openHostileWorld();
  await world.server.stop();
  await world.change(async (tx) => {
    await tx.insert('site', [siteRow(2, { code: 'BCN' })]);
    await tx.insert('location', [
      locationRow(25, { site_id: idOf(2), code: 'A-02' }),
      locationRow(26, { site_id: idOf(2), code: 'Z-01' }),
    ]);
  });
  await world.restartServer();
  laptop = await world.laptop();
  // From here on everything is done with no server.
  await world.server.stop();
});
afterAll(() => world[Symbol.asyncDispose]());

async function fails(
  command: string,
  ...args: string[]
): Promise<{ code: string; message: string }> {
  const finished = await (await laptop.start(command, ...args)).ended;
  expect(finished.code).toBe(1);
  const { error } = lastJson(finished) as { error: { code: string; message: string } };
  expect(finished.stderr.split('\n')[0]).toContain(error.message.split('\n')[0]);
  expect(finished.stderr).not.toMatch(/\n\s+at /);
  return error;
}

test('movements of every kind are recorded offline, and on hand is told with what is pending', async () => {
  const at = ['--location', 'A-01'];
  const of = (kind: string, quantity: number, ...more: string[]) =>
    laptop.run(kind, '--barcode', TEA, ...at, '--quantity', String(quantity), ...more);
  expect(await of('adjust', -3, '--reason', 'broken')).toEqual({
    operationId: expect.stringMatching(UUID),
    onHand: 97,
  });
  expect(await of('receive', 10)).toMatchObject({ onHand: 107 });
  expect(await of('issue', 7)).toMatchObject({ onHand: 100 });
  expect(await of('move', 40, '--to', 'B-01')).toMatchObject({ onHand: 100 });
  expect(await laptop.run('stock', '--barcode', TEA)).toEqual({
    onHand: 100,
    pending: 0,
    locations: [
      { site: 'HAM', code: 'A-01', onHand: 60, pending: -40 },
      { site: 'HAM', code: 'B-01', onHand: 40, pending: 40 },
    ],
  });
  const { count, items } = await laptop.run<{ count: number; items: object[] }>('pending');
  expect(count).toBe(4);
  expect(items[0]).toEqual({
    operationId: expect.stringMatching(UUID),
    entity: 'stock_movement',
    kind: 'create',
    rowId: expect.stringMatching(UUID),
    state: 'waiting',
    at: expect.any(Number),
    sent: false,
    attempts: 0,
    reason: null,
    fields: expect.objectContaining({ kind: 'adjust', quantity: -3, reason: 'broken' }),
  });
  expect(await laptop.run('status')).toMatchObject({ pending: 4, conflicts: 0 });
});

test('a location code that several sites have is asked about, and --site answers', async () => {
  const at = ['--barcode', TIN, '--location', 'A-02', '--quantity', '5'];
  expect(await fails('receive', ...at)).toMatchObject({
    code: 'BAD_INPUT',
    message: expect.stringMatching(/BCN, HAM|HAM, BCN/),
  });
  expect(await laptop.run('receive', ...at, '--site', 'BCN')).toMatchObject({ onHand: 105 });
  expect(await fails('receive', ...at, '--site', 'XXX')).toMatchObject({ code: 'UNKNOWN_SITE' });
  expect(await laptop.run('stock', '--barcode', TIN)).toMatchObject({
    locations: [
      { site: 'BCN', code: 'A-02', onHand: 5 },
      { site: 'HAM', code: 'A-01', onHand: 100 },
    ],
  });
});

test('a note and a location are changed, and what is so already is not recorded again', async () => {
  const note = ['--barcode', JAR, '--text', 'fragile'];
  expect(await laptop.run('note', ...note)).toEqual({ operationId: expect.stringMatching(UUID) });
  expect(await laptop.run('note', ...note)).toEqual({ operationId: null });
  const place = ['--code', 'Z-01', '--name', 'Dock', '--note', 'wet', '--blocked', 'true'];
  expect(await laptop.run('location', ...place)).toEqual({
    operationId: expect.stringMatching(UUID),
  });
  expect(await laptop.run('location', ...place)).toEqual({ operationId: null });
  await laptop.run('location', '--code', 'Z-01', '--name', '', '--blocked', 'false');
  const found = await laptop.withApp((app) =>
    app.records.get({ entity: 'location', id: idOf(26) }),
  );
  expect(found?.row).toMatchObject({ name: null, note: 'wet', blocked: 0 });
});

test.each([
  [
    'an unknown barcode',
    ['adjust', '--barcode', '1', '--location', 'A-01', '--quantity', '1'],
    'NOT_FOUND',
  ],
  [
    'an unknown location',
    ['adjust', '--barcode', TEA, '--location', 'X', '--quantity', '1'],
    'NOT_FOUND',
  ],
  [
    'half a piece',
    ['adjust', '--barcode', TEA, '--location', 'A-01', '--quantity', '1.5'],
    'BAD_INPUT',
  ],
  ['nothing', ['adjust', '--barcode', TEA, '--location', 'A-01', '--quantity', '0'], 'BAD_INPUT'],
  [
    'less than nothing',
    ['issue', '--barcode', TEA, '--location', 'A-01', '--quantity', '-1'],
    'BAD_INPUT',
  ],
  [
    'too much',
    ['receive', '--barcode', TEA, '--location', 'A-01', '--quantity', '9999999999'],
    'BAD_INPUT',
  ],
  [
    'a move to itself',
    ['move', '--barcode', TEA, '--location', 'A-01', '--to', 'A-01', '--quantity', '1'],
    'BAD_INPUT',
  ],
  [
    'a move to nowhere',
    ['move', '--barcode', TEA, '--location', 'A-01', '--quantity', '1'],
    'BAD_INPUT',
  ],
  ['no change', ['location', '--code', 'Z-01'], 'BAD_INPUT'],
  ['perhaps blocked', ['location', '--code', 'Z-01', '--blocked', 'perhaps'], 'BAD_INPUT'],
  ['stock of an unknown barcode', ['stock', '--barcode', '1'], 'NOT_FOUND'],
  ['no conflict', ['resolve', 'x', 'mine'], 'BAD_INPUT'],
  ['an unknown conflict', ['resolve', '019aab00-0000-7000-8000-000000000000', 'mine'], 'NOT_FOUND'],
])('%s is one clear sentence, also in JSON', async (_, [command = '', ...args], code) => {
  expect(await fails(command, ...args)).toMatchObject({ code });
});

test('a folder that is not there is not made', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'tallyman-test-'));
  const folder = join(parent, 'mistyped');
  const args = ['note', '--barcode', TEA, '--text', 'x', '--data', folder, '--json'];
  const { code, stdout } = await runProgram('main/cli/main.ts', args).ended;
  const made = existsSync(folder);
  rmSync(parent, { recursive: true });
  expect([code, made]).toEqual([1, false]);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'DATA_FOLDER_MISSING' } });
});

test('beside a running app one may look, not write', async () => {
  const lock = takeOwnerLock(laptop.folder);
  try {
    expect(await laptop.run('stock', '--barcode', TEA)).toMatchObject({ onHand: 100 });
    expect(await laptop.run('pending')).toMatchObject({ count: 8 });
    expect(await laptop.run('conflicts')).toEqual({ count: 0, items: [] });
    const log = await laptop.run<{ count: number; items: object[] }>('log');
    const runs = log.items.filter((item) => (item as { kind: string }).kind === 'run');
    expect(runs).toMatchObject([{ result: { outcome: 'complete', unit: 'full' } }]);
    const refused = await fails('note', '--barcode', TEA, '--text', 'x');
    expect(refused).toMatchObject({ code: 'DATA_FOLDER_IN_USE' });
  } finally {
    lock.release();
  }
});

test('the next sync sends all of it', async () => {
  const pending = await laptop.run<{ count: number }>('pending');
  await world.restartServer();
  expect(await laptop.sync()).toMatchObject({ outcome: 'complete', rowsSent: pending.count });
  expect(await laptop.run('pending')).toEqual({ count: 0, items: [] });
  expect(await laptop.run('status')).toMatchObject({ pending: 0, conflicts: 0 });
  const { productTotals } = await levelsOf(world.server.location);
  expect(productTotals).toEqual([100, 105, 100]);
});
