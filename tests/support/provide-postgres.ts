import type { TestProject } from 'vitest/node';
import { openStore } from '../../server/store/open-store.ts';
import { startPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of an empty database. */
    postgresUrl: string;
    /** The name of one with all tables, which nobody is connected to. */
    postgresTemplate: string;
  }
}

const TEMPLATE = 'template_of_tests';

/** One PostgreSQL for all tests of a run that want it. */
export default async function providePostgres(project: TestProject): Promise<() => Promise<void>> {
  const { url, stop } = await startPostgres([TEMPLATE]);
  const template = new URL(url);
  template.pathname = TEMPLATE;
  const store = await openStore({ dataDir: '', database: template.href });
  await store.close();
  project.provide('postgresUrl', url);
  project.provide('postgresTemplate', TEMPLATE);
  return stop;
}
