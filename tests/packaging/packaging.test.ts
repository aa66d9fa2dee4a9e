import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PackagedApp, packageApp } from './support/package-app.ts';

const PACKAGING_TIME_LIMIT_MS = 240_000;

/** The stub is a Linux distribution, and the binary inside is run. The other systems package the real one in CI. */
describe.runIf(process.platform === 'linux')('the packaged app', () => {
  let folder: string;
  let packaged: PackagedApp;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tallyman-packaging-'));
    packaged = await packageApp(folder);
  }, PACKAGING_TIME_LIMIT_MS);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('holds the bundles, the page, the pictures and the native module', () => {
    expect(packaged.archived).toEqual(
      expect.arrayContaining([
        'package.json',
        'out/main/main.js',
        'out/main/data-worker.js',
        'out/main/reader-worker.js',
        'out/main/replica-finisher.js',
        'out/preload/preload.cjs',
        'out/renderer/index.html',
        'resources/tray/fresh.png',
        'resources/tray/freshTemplate@2x.png',
        'node_modules/better-sqlite3/lib/index.js',
      ]),
    );
  });

  test('holds nothing else: no sources, no maps, no tests, no other package', () => {
    const tops = new Set(packaged.archived.map((path) => path.split('/')[0]));
    expect(tops).toEqual(new Set(['node_modules', 'out', 'package.json', 'resources']));
    expect(readdirSync(join(packaged.extracted, 'node_modules'))).toEqual(['better-sqlite3']);
    const unwanted = /\.(ts|tsx|map|cpp|hpp|c|h|gyp|md|log)$|\.test\.|(^|\/)(deps|src|tests?)\//;
    expect(packaged.archived.filter((path) => unwanted.test(path))).toEqual([]);
  });

  test('keeps outside the archive the one binary of its platform, and nothing else', () => {
    const outside = readdirSync(packaged.unpacked, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name);
    expect(outside).toEqual([`linux-${process.arch}.node`]);
  });

  test('has every fuse as decided', async () => {
    const wire = await getCurrentFuseWire(packaged.executable);
    const on = Object.entries(FuseV1Options)
      .filter(([, index]) => wire[index as keyof typeof wire] === FuseState.ENABLE)
      .map(([name]) => name);
    expect(on).toEqual([
      'EnableCookieEncryption',
      'EnableEmbeddedAsarIntegrityValidation',
      'OnlyLoadAppFromAsar',
      'WasmTrapHandlers',
    ]);
  });

  test('asks for nothing that is not inside', () => {
    const scripts = packaged.archived.filter((path) => /^out\/main\/.*\.js$/.test(path));
    const asked = scripts.flatMap((path) =>
      [...readFileSync(join(packaged.extracted, path), 'utf8').matchAll(/^import .*?"([^"]+)";$/gm)]
        .map(([, specifier = '']) => specifier)
        .filter((specifier) => !specifier.startsWith('.') && !specifier.startsWith('node:')),
    );
    expect(new Set(asked)).toEqual(new Set(['better-sqlite3', 'electron']));
  });

  test('has a preload that a sandbox can load', () => {
    const preload = readFileSync(join(packaged.extracted, 'out/preload/preload.cjs'), 'utf8');
    const required = [...preload.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name);
    expect(required).toEqual(['electron']);
    expect(preload).not.toMatch(/^\s*(import|export)\b/m);
  });

  test('opens its stores, answers its page and quits, all from inside the package', async () => {
    const data = join(folder, 'visit');
    const hook = fileURLToPath(new URL('support/fake-electron-hook.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', hook, join(packaged.extracted, 'out/main/main.js'), '--data', data],
      { env: { ...process.env, TALLYMAN_TEST_FOLDER: data }, timeout: 60_000 },
    );
    const seen = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { what: string; value: unknown });
    expect(seen.map(({ what }) => what)).toEqual(['page', 'info', 'search', 'gone']);
    expect(seen).toMatchObject([
      { value: 200 },
      { value: { type: 'data', data: { shell: 'electron', dataFolder: join(data, 'data') } } },
      { value: { type: 'data', data: { items: [] } } },
      {},
    ]);
    expect(existsSync(join(data, 'data/work.db'))).toBe(true);
    expect(existsSync(join(data, 'logs/main.log'))).toBe(true);
  }, 90_000);
});
