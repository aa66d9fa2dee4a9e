import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { takeOwnerLock } from '../../main/store/owner-lock.ts';
import { openReadable } from '../../main/store/sqlite.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const SERVER = join(root, 'server/cli/main.ts');
const HEADLESS = join(root, 'main/cli/main.ts');
/** Enough rows for a sync of about a second, so that a kill hits every stage of it. */
const PRODUCTS = 20_000;

const tempFolder = useTempFolders();
const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  }
});

interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

function start(entry: string, args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [entry, ...args], { cwd: root });
  children.push(child);
  return child;
}

async function run(entry: string, ...args: string[]): Promise<Finished> {
  const child = start(entry, args);
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (piece: Buffer) => (stdout += piece.toString()));
  child.stderr?.on('data', (piece: Buffer) => (stderr += piece.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

async function serve(folder: string, port = 0): Promise<{ url: string; child: ChildProcess }> {
  const child = start(SERVER, ['serve', '--data', folder, '--port', String(port)]);
  const lines = createInterface({ input: child.stdout! });
  for await (const line of lines) {
    const url = /^listening on (http:\/\/\S+)$/.exec(line)?.[1];
    if (url) return { url, child };
  }
  throw new Error('the server did not start');
}

/** A catalogue file with one word that only one product has. */
function catalogueFile(folder: string, products = PRODUCTS): string {
  const file = join(folder, 'products.tsv');
  const lines = ['sku\tname\tcategory\tbrand'];
  for (let number = 0; number < products; number++) {
    const special = number === 777 ? ' Schraubenschlüssel' : '';
    lines.push(
      `SKU-${number}\tProduct ${number}${special}\tTools/Group ${number % 40}\tBrand ${number % 90}`,
    );
  }
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

async function importedServer(): Promise<{ folder: string; url: string; child: ChildProcess }> {
  const folder = tempFolder();
  const imported = await run(SERVER, 'import', catalogueFile(folder), '--data', folder);
  expect(imported, imported.stderr).toMatchObject({ code: 0 });
  return { folder, ...(await serve(folder)) };
}

function lastJson(finished: Finished): Record<string, unknown> {
  return JSON.parse(finished.stdout.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
}

/** Rows and digest of the current catalogue, and what SQLite itself thinks of every replica file. */
function lookInto(folder: string): unknown {
  const files = readdirSync(join(folder, 'replica')).filter((name) => name.endsWith('.db'));
  return files.map((name) => {
    const db = openReadable(join(folder, 'replica', name));
    try {
      return {
        integrity: db.prepare('PRAGMA integrity_check').pluck().get(),
        state: db.prepare('SELECT version, row_count, row_sum, complete FROM replica').get(),
        products: db.prepare('SELECT count(*) FROM product').pluck().get(),
      };
    } finally {
      db.close();
    }
  });
}

describe('the headless commands', () => {
  test('sync, search, scan and status speak their public JSON, also with the server gone', async () => {
    const { url, child } = await importedServer();
    const folder = tempFolder();
    const first = await run(HEADLESS, 'sync', '--server', url, '--data', folder, '--json');
    expect(first, first.stderr).toMatchObject({ code: 0 });
    expect(lastJson(first)).toMatchObject({
      outcome: 'complete',
      unit: 'full',
      rowsSent: 0,
      error: null,
    });
    expect(lastJson(first)['rowsReceived']).toBeGreaterThan(PRODUCTS);

    const second = lastJson(
      await run(HEADLESS, 'sync', '--server', url, '--data', folder, '--json'),
    );
    expect(second).toMatchObject({ outcome: 'complete', rowsReceived: 0 });
    expect(second['bytesReceived']).toBeLessThan(2_000);

    child.kill('SIGKILL');
    await once(child, 'exit');
    const found = lastJson(
      await run(HEADLESS, 'search', 'schraubenschlussel', '--data', folder, '--json'),
    );
    expect(found).toMatchObject({
      total: 1,
      items: [{ sku: 'SKU-777', category: 'Group 17', brand: 'Brand 57', barcodes: [] }],
    });
    expect(
      lastJson(await run(HEADLESS, 'scan', '4006381333931', '--data', folder, '--json')),
    ).toEqual({
      found: false,
      product: null,
    });
    expect(lastJson(await run(HEADLESS, 'status', '--data', folder, '--json'))).toMatchObject({
      rows: { product: PRODUCTS, brand: 90 },
      pending: 0,
      conflicts: 0,
      scopes: [{ scope: 'catalogue', complete: true }],
    });
    const offline = await run(HEADLESS, 'sync', '--server', url, '--data', folder, '--json');
    expect(offline.code).toBe(1);
    expect(lastJson(offline)).toMatchObject({
      outcome: 'error',
      error: { code: 'SERVER_UNREACHABLE' },
    });
  });

  test.each([
    ['a missing folder', ['search', 'x', '--data', '/nonexistent/tallyman'], /no Tallyman data/],
    ['no server', ['sync', '--server', 'http://127.0.0.1:1', '--data', '@'], /cannot be reached/],
    [
      'an address that is none',
      ['sync', '--server', 'ftp://x', '--data', '@'],
      /not a server address/,
    ],
    [
      'an unknown unit',
      ['sync', '--server', 'http://127.0.0.1:1', '--data', '@', '--unit', 'x'],
      /unit/,
    ],
    ['a missing option', ['status'], /--data/],
    ['an unknown command', ['sing'], /unknown command/],
  ])('%s is one clear sentence and no stack', async (_, args, sentence) => {
    const folder = tempFolder();
    const finished = await run(HEADLESS, ...args.map((arg) => (arg === '@' ? folder : arg)));
    expect(finished.code).not.toBe(0);
    expect(finished.stderr).toMatch(sentence);
    expect(finished.stderr).not.toMatch(/\n\s+at /);
  });

  test('a server that is not Tallyman is said to be none', async () => {
    const { createServer } = await import('node:http');
    const other = createServer((_, response) => response.end('<html>Welcome</html>'));
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const args = ['sync', '--server', `http://127.0.0.1:${port}`, '--data', tempFolder(), '--json'];
    const finished = await run(HEADLESS, ...args);
    other.close();
    expect(finished.code).toBe(1);
    expect(lastJson(finished)).toMatchObject({ error: { code: 'NOT_TALLYMAN' } });
  });
});

test('a folder that another process owns is refused, and its settings stay', async () => {
  const { url } = await importedServer();
  const folder = tempFolder();
  expect((await run(HEADLESS, 'sync', '--server', url, '--data', folder)).code).toBe(0);
  const settings = readFileSync(join(folder, 'settings.json'), 'utf8');
  const lock = takeOwnerLock(folder);
  const refused = await run(
    HEADLESS,
    'sync',
    '--server',
    'http://127.0.0.1:1',
    '--data',
    folder,
    '--json',
  );
  lock.release();
  expect(lastJson(refused)).toMatchObject({ error: { code: 'DATA_FOLDER_IN_USE' } });
  expect(readFileSync(join(folder, 'settings.json'), 'utf8')).toBe(settings);
});

test('killed at random moments, a sync goes on and ends as if nothing had been', async () => {
  const { url } = await importedServer();
  const reference = tempFolder();
  expect((await run(HEADLESS, 'sync', '--server', url, '--data', reference)).code).toBe(0);
  const expected = lookInto(reference);

  const folder = tempFolder();
  const kills: number[] = [];
  for (let round = 0; round < 8; round++) {
    const child = start(HEADLESS, ['sync', '--server', url, '--data', folder]);
    const ms = randomInt(250, 1_800);
    kills.push(ms);
    const timer = setTimeout(() => child.kill('SIGKILL'), ms);
    await once(child, 'exit');
    clearTimeout(timer);
  }
  const last = await run(HEADLESS, 'sync', '--server', url, '--data', folder, '--json');
  expect(last.code, `killed after ${kills.join(', ')} ms: ${last.stderr}`).toBe(0);
  expect(lookInto(folder), `killed after ${kills.join(', ')} ms`).toEqual(expected);
});

test("the server's folder emptied and served again is refused, and the laptop keeps everything", async () => {
  const { url, child } = await importedServer();
  const folder = tempFolder();
  expect((await run(HEADLESS, 'sync', '--server', url, '--data', folder)).code).toBe(0);
  const before = lookInto(folder);
  child.kill('SIGTERM');
  const [code] = (await once(child, 'exit')) as [number];
  expect(code).toBe(0);

  const emptied = await serve(tempFolder(), Number(new URL(url).port));
  const refused = await run(HEADLESS, 'sync', '--server', emptied.url, '--data', folder, '--json');
  expect(lastJson(refused)).toMatchObject({ outcome: 'error', error: { code: 'SERVER_REPLACED' } });
  expect(lookInto(folder)).toEqual(before);
});
