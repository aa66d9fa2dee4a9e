import { spawn } from 'node:child_process';
import {
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../project-root.ts';

/** A download that makes no progress for so long is given up. A slow one that moves goes on. */
const STALL_LIMIT_MS = 20_000;
const PROGRESS_CHECK_MS = 1_000;
/** A failed download is not tried again for so long, so that starting again is quick. */
const RETRY_AFTER_MS = 3_600_000;

const electronFolder = join(projectRoot, 'node_modules', 'electron');
const cache = join(projectRoot, '.cache');
const unavailableMark = join(cache, 'electron-unavailable');

export type FoundElectron = { path: string } | { path: null; reason: string };

/**
 * The Electron program: named by ELECTRON_OVERRIDE_DIST_PATH, already there, or fetched now. npm does not carry it; its
 * package fetches it from elsewhere, which a closed network refuses.
 */
export async function findElectron(): Promise<FoundElectron> {
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
    return { path: null, reason: 'Electron needs a display and there is none' };
  }
  const present = presentElectron();
  if (present !== null) return { path: present };
  const unavailable: FoundElectron = { path: null, reason: 'Electron could not be downloaded' };
  if (Date.now() - lastFailure() < RETRY_AFTER_MS) return unavailable;
  console.log('Fetching Electron (once) …');
  if (await fetchElectron()) {
    const fetched = presentElectron();
    if (fetched !== null) return { path: fetched };
  }
  mkdirSync(cache, { recursive: true });
  writeFileSync(unavailableMark, '');
  return unavailable;
}

function presentElectron(): string | null {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const nameFile = join(electronFolder, 'path.txt');
  const name = existsSync(nameFile) ? readFileSync(nameFile, 'utf8') : 'electron';
  const path = join(override ?? join(electronFolder, 'dist'), name);
  return existsSync(path) ? path : null;
}

function lastFailure(): number {
  return existsSync(unavailableMark) ? statSync(unavailableMark).mtimeMs : -Infinity;
}

/** Runs the package's own installer, quietly, and ends it if neither its download nor its unpacked files grow. */
async function fetchElectron(): Promise<boolean> {
  const temporary = join(cache, 'electron-download');
  mkdirSync(temporary, { recursive: true });
  const child = spawn(process.execPath, [join(electronFolder, 'install.js')], {
    stdio: 'ignore',
    env: { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary },
  });
  let size = -1;
  let grewAt = performance.now();
  const watch = setInterval(() => {
    const now = bytesIn(temporary) + bytesIn(join(electronFolder, 'dist'));
    if (now !== size) grewAt = performance.now();
    size = now;
    if (performance.now() - grewAt > STALL_LIMIT_MS) child.kill();
  }, PROGRESS_CHECK_MS);
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('exit', resolve);
  });
  clearInterval(watch);
  rmSync(temporary, { recursive: true, force: true });
  return code === 0;
}

function bytesIn(folder: string): number {
  return globSync('**/*', { cwd: folder })
    .map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0)
    .reduce((sum, size) => sum + size, 0);
}
