import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import open from 'open';
import { startBrowserShell } from './start-browser-shell.ts';

const PORT_DEFAULT = 8788;
const rendererDir = fileURLToPath(new URL('../../out/renderer', import.meta.url));
const manifestPath = fileURLToPath(new URL('../../package.json', import.meta.url));

interface Options {
  data: string;
  port: number;
  server?: string | undefined;
}

const command = new Command('browser')
  .description('Tallyman in a browser tab on this machine.')
  .requiredOption('--data <folder>', 'where the data of this laptop is kept')
  .option('--port <number>', 'the port on 127.0.0.1; 0 takes a free one', parsePort, PORT_DEFAULT)
  .option('--server <url>', 'the Tallyman server to sync with')
  .allowExcessArguments(false)
  .action(run);

await command.parseAsync().catch(fail);

async function run(options: Options): Promise<void> {
  const shell = await startBrowserShell({
    dataDir: options.data,
    port: options.port,
    rendererDir,
    appVersion: (JSON.parse(readFileSync(manifestPath, 'utf8')) as { version: string }).version,
    serverUrl: options.server,
    notice: (sentence) => process.stderr.write(`${sentence}\n`),
  });
  const show = (): void => {
    const address = shell.newAddress();
    process.stdout.write(`Tallyman is open at ${address}\n`);
    if (process.env['BROWSER'] !== 'none') openInBrowser(address);
  };
  show();
  // The address works once, so whoever closed the browser asks for a new one here.
  const lines = process.stdin.isTTY ? createInterface(process.stdin).on('line', show) : null;
  // Nothing is left open after this, so the process ends; a second signal ends it the hard way.
  const close = (): void => {
    lines?.close();
    shell.close().catch(fail);
  };
  process.once('SIGINT', close);
  process.once('SIGTERM', close);
}

/** The printed address is enough where no browser can be started. */
function openInBrowser(address: string): void {
  open(address).then(
    (child) => child.on('error', () => undefined),
    () => undefined,
  );
}

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError('a port is a whole number from 0 to 65535.');
}

/** One sentence and no stack: whoever starts this from a terminal cannot act on a stack. */
function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
