import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client';
import type { ServerRouter } from '../../../server/router.ts';
import { projectRoot } from '../../../tools/project-root.ts';
import { type Program, startProgram } from './program.ts';

/** A real server process on real files, as its command line starts it. 0 takes a free port. */
export function startServerProcess(dataDir: string, port = 0): Promise<Program> {
  return startProgram({
    entry: 'server/cli/main.ts',
    args: ['serve', '--data', dataDir, '--port', String(port)],
    ready: /listening on (\S+)\s/,
  });
}

/** The app in its browser shell. Its address works once. */
export function startBrowserProcess(dataDir: string, serverUrl: string): Promise<Program> {
  return startProgram({
    entry: 'main/browser/main.ts',
    args: ['--data', dataDir, '--port', '0', '--server', serverUrl],
    ready: /is open at (\S+)\s/,
  });
}

interface ImportedFile {
  kind: 'products' | 'locations' | 'stock';
  /** Tab-separated, as the lines are. */
  header: string;
  lines: readonly string[];
}

/** Fills a server's folder through its command line. */
export async function importLines(
  dataDir: string,
  { kind, header, lines }: ImportedFile,
): Promise<void> {
  const file = join(dataDir, `${kind}.tsv`);
  writeFileSync(file, [header, ...lines, ''].join('\n'));
  const entry = join(projectRoot, 'server/cli/main.ts');
  const args = [entry, 'import', file, '--data', dataDir, '--kind', kind];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const { imported, read } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as {
    imported: number;
    read: number;
  };
  if (imported !== lines.length) throw new Error(`imported ${imported} of ${read}: ${stdout}`);
}

/** Lines are: sku, barcode, name, category, brand. */
export function importProducts(dataDir: string, lines: readonly string[]): Promise<void> {
  const header = 'sku\tbarcode\tname\tcategory\tbrand';
  return importLines(dataDir, { kind: 'products', header, lines });
}

/** The server's own procedures, as another client of it would call them. */
export function callServer(url: string): TRPCClient<ServerRouter> {
  return createTRPCClient<ServerRouter>({ links: [httpLink({ url: `${url}/trpc` })] });
}

interface NewPerson {
  name: string;
  login: string;
  role: string;
  /** Codes; an administrator has all. */
  sites: readonly string[];
  password: string;
}

/** Somebody who may sign in, through the server's command line. From the first one on the server asks everybody to. */
export async function addPerson(dataDir: string, person: NewPerson): Promise<void> {
  const { name, login, role, sites, password } = person;
  const entry = join(projectRoot, 'server/cli/main.ts');
  const where = sites.flatMap((code) => ['--site', code]);
  const args = [entry, 'user', 'add', name, '--login', login, '--role', role, ...where];
  const running = promisify(execFile)(process.execPath, [...args, '--data', dataDir]);
  running.child.stdin?.end(`${password}\n`);
  await running;
}
