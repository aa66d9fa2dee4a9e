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

/** Fills a server's folder through its command line. Lines are tab-separated: sku, barcode, name, category, brand. */
export async function importProducts(dataDir: string, lines: readonly string[]): Promise<void> {
  const file = join(dataDir, 'products.tsv');
  writeFileSync(file, ['sku\tbarcode\tname\tcategory\tbrand', ...lines, ''].join('\n'));
  const args = [join(projectRoot, 'server/cli/main.ts'), 'import', file, '--data', dataDir];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const { imported, read } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as {
    imported: number;
    read: number;
  };
  if (imported !== lines.length) throw new Error(`imported ${imported} of ${read}: ${stdout}`);
}

/** The server's own procedures, as another client of it would call them. */
export function callServer(url: string): TRPCClient<ServerRouter> {
  return createTRPCClient<ServerRouter>({ links: [httpLink({ url: `${url}/trpc` })] });
}
