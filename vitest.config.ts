import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const common = {
  // Waiting for something to become true is no measurement: a busy machine may take its time.
  expect: { poll: { timeout: 15_000 } },
  // Half of what a worker thread or a short command costs is the compiling of the sources, which all tests need only once.
  env: { NODE_COMPILE_CACHE: join(tmpdir(), 'tallyman-compile-cache') },
};

/** Tests of the server and of syncing with it, which run on SQLite and on PostgreSQL: they open stores by `openTestStore`. */
const ON_BOTH_ENGINES = [
  'server/admin/*.test.ts',
  'server/auth/{access-tokens,audit*,people,rights,quarantine,refresh-session,sign-in}.test.ts',
  'server/catalogue/*.test.ts',
  'server/demo/seed-demo.test.ts',
  'server/operations/compact/*.test.ts',
  'server/snapshot/{build-snapshot,competing-servers}.test.ts',
  'server/stock/**/*.test.ts',
  'server/sync/**/*.test.ts',
  'server/tenant/*.test.ts',
  'tests/sync/hostile/*.test.ts',
  'tests/sync/{counts-blind,counts-large,counts-together,deliveries,judged-as-one,limit-delete-rules,limit-delta,limit-identity,limit-new-file,limit-one-road,limit-time,limit-upgrade,movements-never-conflict,one-action-per-entity,page-limit,partial-sync,pitfalls-absence,pitfalls-copies,pitfalls-disk,pitfalls-foreign,pitfalls-messages,pitfalls-order,pitfalls-parents,pitfalls-poison,pitfalls-search,pitfalls-values,pokes-killed,restored-backup,snapshots,three-laptops}.test.ts',
];

/** Of these, what takes minutes: `npm run test:postgres` runs them too, CI has them on SQLite. */
const LONG_ON_POSTGRES = [
  'server/auth/rights.test.ts',
  'server/snapshot/build-snapshot.test.ts',
  'server/sync/push/push-rights.test.ts',
  'server/tenant/{two-organisations,two-organisations-pokes}.test.ts',
  'tests/sync/hostile/{killed,other-servers,photos,poison,snapshots,storms,two-laptops,wrong-clock}.test.ts',
  'tests/sync/{counts-large,snapshots,three-laptops}.test.ts',
];

function onPostgres(name: string, files: { include: string[]; exclude: string[] }) {
  return {
    test: {
      ...common,
      ...files,
      name,
      environment: 'node' as const,
      env: { ...common.env, TALLYMAN_TEST_ENGINE: 'postgres' },
      globalSetup: ['tests/support/provide-postgres.ts'],
      pool: 'forks' as const,
      testTimeout: 60_000,
      hookTimeout: 60_000,
    },
  };
}

/**
 * Five kinds of test: plain Node, those of them that run on PostgreSQL once more, React components in a light DOM,
 * whole-system tests with real processes, and those that need the real Electron, which say so and are skipped where it
 * cannot be had.
 */
export default defineConfig({
  test: {
    // Left alone, one core of two would idle: many tests wait for a process or for the disk.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          ...common,
          name: 'node',
          environment: 'node',
          include: ['{main,server,shared,tools,bench,tests}/**/*.test.ts'],
          exclude: [
            'tests/e2e/**',
            'tests/electron-real/**',
            '**/*.postgres.test.ts',
            '**/node_modules/**',
          ],
          pool: 'forks',
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      onPostgres('postgres', {
        include: ['{server,tests}/**/*.postgres.test.ts', ...ON_BOTH_ENGINES],
        exclude: LONG_ON_POSTGRES,
      }),
      onPostgres('postgres-long', { include: LONG_ON_POSTGRES, exclude: [] }),
      {
        test: {
          ...common,
          name: 'renderer',
          environment: 'happy-dom',
          include: ['renderer/**/*.test.{ts,tsx}'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          ...common,
          name: 'e2e',
          environment: 'node',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/e2e/support/build-app.ts'],
          pool: 'forks',
          // A browser and what it drives keep a core and a half busy; each file has its own folders and ports.
          maxWorkers: 2,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          ...common,
          name: 'electron',
          environment: 'node',
          include: ['tests/electron-real/**/*.test.ts'],
          globalSetup: ['tests/e2e/support/build-app.ts'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
