import type { TestProject } from 'vitest/node';
import { openStore } from '../../server/store/open-store.ts';
import { type RunningPostgres, startPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of an empty database. */
    postgresUrl: string;
    /** The name of one with all tables, which nobody is connected to. */
    postgresTemplate: string;
  }
}

const TEMPLATE = 'template_of_tests';

let running: RunningPostgres | null = null;

/** One PostgreSQL for all tests of a run that want it. */
export async function setup(project: TestProject): Promise<void> {
  running = await startPostgres([TEMPLATE]);
  const template = new URL(running.url);
  template.pathname = TEMPLATE;
  const store = await openStore({ dataDir: '', database: template.href });
  await store.close();
  project.provide('postgresUrl', running.url);
  project.provide('postgresTemplate', TEMPLATE);
}

export async function teardown(): Promise<void> {
  await running?.stop();
}
