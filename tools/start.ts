/**
 * `npm start`: a demo server with a sample catalogue, and the app beside it with its first sync under way. Everything
 * lives in `.tallyman/` of the checkout, or in the folder that TALLYMAN_DEMO names; delete it to start anew.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type OwnerLock, takeOwnerLock } from '../main/store/owner-lock.ts';
import { TallymanError } from '../shared/errors.ts';
import { projectRoot } from './project-root.ts';
import { buildIfChanged } from './start/build-if-changed.ts';
import { findElectron } from './start/find-electron.ts';
import { runDemoServer } from './start/run-demo-server.ts';

const folder = process.env['TALLYMAN_DEMO'] ?? join(projectRoot, '.tallyman');
const laptopFolder = join(folder, 'demo-laptop');

function lockFolder(): OwnerLock {
  mkdirSync(folder, { recursive: true });
  try {
    return takeOwnerLock(folder);
  } catch (error) {
    if (!(error instanceof TallymanError) || error.code !== 'DATA_FOLDER_IN_USE') throw error;
    throw new TallymanError(
      'DATA_FOLDER_IN_USE',
      'Tallyman already runs from this folder: use its window, or stop it first with Ctrl+C in its terminal.',
      { cause: error },
    );
  }
}

/** Electron where it can be had; else the same app in a browser tab. */
async function openApp(serverUrl: string): Promise<ChildProcess> {
  const electron = await findElectron();
  const server = ['--server', serverUrl];
  const options = { cwd: projectRoot, stdio: 'inherit' } as const;
  if (electron.path !== null) {
    // Chromium's sandbox refuses to run for root.
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    return spawn(
      electron.path,
      [...asRoot, projectRoot, '--data', laptopFolder, ...server],
      options,
    );
  }
  console.log(`${electron.reason}, so Tallyman opens in the browser instead.`);
  // The folder in which Electron keeps the same data.
  const data = ['--data', join(laptopFolder, 'data')];
  const browserShell = join(projectRoot, 'main', 'browser', 'main.ts');
  return spawn(process.execPath, [browserShell, '--port', '0', ...data, ...server], options);
}

/** Until the person closes it or `signal` says so. */
async function runApp(app: ChildProcess, signal: AbortSignal): Promise<number> {
  const stop = (): void => {
    // A terminal has sent its Ctrl-C to the app as well; a second signal would end it the hard way.
    if (signal.reason !== 'SIGINT' || !process.stdin.isTTY) app.kill('SIGTERM');
  };
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  return new Promise((resolve, reject) => {
    app.once('error', reject);
    app.once('exit', (code) => resolve(signal.aborted ? 0 : (code ?? 1)));
  });
}

async function main(): Promise<number> {
  const lock = lockFolder();
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => stopping.abort(signal));
  }
  try {
    await buildIfChanged(stopping.signal);
    await using server = await runDemoServer(join(folder, 'demo-server'), stopping.signal);
    return await runApp(await openApp(server.url), stopping.signal);
  } catch (error) {
    if (stopping.signal.aborted) return 0;
    throw error;
  } finally {
    lock.release();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
