import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { MEASUREMENTS } from './run-bench.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const ROWS = 500;

async function bench(...options: string[]): Promise<{ stdout: string; stderr: string }> {
  return promisify(execFile)(process.execPath, [MAIN, '--rows', String(ROWS), ...options]);
}

test(
  'every measurement tells its times, its limit and its memory',
  { timeout: 400_000 },
  async () => {
    const { stdout } = await bench('--json', '--repeat', '1');
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    // So few rows come by pages.
    const made = MEASUREMENTS.filter((name) => !name.endsWith('snapshot'));
    expect(lines.map(({ name }) => name)).toEqual(made);
    const positive: unknown = expect.toSatisfy((value) => typeof value === 'number' && value > 0);
    for (const line of lines) {
      const units = ['seconds', 'bytes'].filter((unit) => unit in line);
      const ours = units.length > 0 ? units : ['p50ms', 'p95ms'];
      expect(line).toMatchObject({
        ...Object.fromEntries(ours.map((unit) => [unit, positive])),
        rows: ROWS,
        limit: positive,
        ratio: positive,
        rssMb: positive,
      });
    }
    const named = new Map(lines.map((line) => [line['name'], line]));
    expect(named.get('first-sync-pages')).toMatchObject({
      bytesReceived: positive,
      bytesPerRow: positive,
      workerHeapMb: positive,
    });
    expect(named.get('nothing-changed')).toMatchObject({
      bytesSent: positive,
      bytesReceived: positive,
    });
  },
);

test('an unknown measurement is refused in one sentence', async () => {
  const failure = bench('--only', 'nothing').catch((error: unknown) => error);
  expect(await failure).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('first-sync-pages') as string,
  });
});
