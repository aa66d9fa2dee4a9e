import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRoot } from '../project-root.ts';
import { packageBin } from '../package-bin.ts';

/** What the bundles are made of. Tests beside the sources count too: telling them apart is not worth a stale bundle. */
const SOURCES = [
  'main/**/*',
  'renderer/**/*',
  'shared/**/*',
  'package-lock.json',
  'tsconfig*.json',
  'electron.vite.config.ts',
];
const PRODUCTS = ['out/main/main.js', 'out/preload/preload.cjs', 'out/renderer/index.html'];

/** Builds the Electron bundles and the renderer if a source has changed since they were built. */
export async function buildIfChanged(signal: AbortSignal): Promise<void> {
  const built = join(projectRoot, '.cache', 'built-from');
  const hash = hashOfSources();
  const isWhole = PRODUCTS.every((product) => existsSync(join(projectRoot, product)));
  if (isWhole && existsSync(built) && readFileSync(built, 'utf8') === hash) return;
  console.log('Building …');
  await runBuild(signal);
  mkdirSync(dirname(built), { recursive: true });
  writeFileSync(built, hash);
}

function hashOfSources(): string {
  const hash = createHash('sha256');
  const files = globSync(SOURCES, { cwd: projectRoot, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.toSorted()) hash.update(file).update('\0').update(readFileSync(file));
  return hash.digest('hex');
}

/** Quiet when it works; shows everything when it does not. */
function runBuild(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [packageBin('electron-vite'), 'build'], {
      cwd: projectRoot,
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
    });
    const output: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`The build failed:\n${Buffer.concat(output).toString()}`));
    });
  });
}
