/**
 * The first thing that `npm start` and `npm test` run. Plain JavaScript, because the Node that is on the machine may be
 * an older one: it installs the locked dependencies if they are missing or stale, then hands over to the pinned Node 24
 * that is one of them. Needs no network once everything is installed.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NPM_MAJOR_OLDEST = 10;
const PARENT_CHECK_MS = 500;
const REGISTRY_TIME_LIMIT_MS = 20_000;
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const lockFile = join(root, 'package-lock.json');
/** npm writes it as the last step of every install that worked. */
const installedTree = join(modules, '.package-lock.json');
const installedLockHash = join(modules, '.package-lock-hash');
const pinnedNode = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

const SCRIPTS = new Map([
  ['start', 'tools/start.ts'],
  ['test', 'tools/verify.ts'],
]);

class BootstrapError extends Error {}

function hashOfLock() {
  return createHash('sha256').update(readFileSync(lockFile)).digest('hex');
}

/** @returns {'current' | 'stale' | 'missing'} */
function installState(lockHash) {
  if (!existsSync(installedTree) || !existsSync(pinnedNode)) return 'missing';
  if (existsSync(installedLockHash) && readFileSync(installedLockHash, 'utf8') === lockHash) {
    return 'current';
  }
  // Somebody ran npm by hand: what it installed is at least as new as the lock.
  return statSync(installedTree).mtimeMs >= statSync(lockFile).mtimeMs ? 'current' : 'stale';
}

/** Runs a program in the foreground and passes signals on. Resolves with its exit code. */
function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', ...options });
    const forwarded = ['SIGTERM', 'SIGHUP', 'SIGINT'];
    const forward = (signal) => {
      // A terminal sends its Ctrl-C to the child as well; twice would read as "stop at once".
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    for (const signal of forwarded) process.on(signal, forward);
    // npm ends its shell on SIGTERM, and the shell tells nobody: that the parent is gone is all that is seen of it.
    const parent = process.ppid;
    const watch = setInterval(() => {
      if (process.ppid !== parent) child.kill('SIGTERM');
    }, PARENT_CHECK_MS);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      clearInterval(watch);
      for (const name of forwarded) process.off(name, forward);
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}

/** Asked first, because with no network npm itself tries for many minutes before it says so. */
async function registryAnswers(npmProgram) {
  const look = [npmProgram, 'ping', '--fetch-retries=0'];
  const options = { stdio: 'ignore', timeout: REGISTRY_TIME_LIMIT_MS };
  return (await run(process.execPath, look, options)) === 0;
}

async function install(state) {
  const npmProgram = process.env['npm_execpath'];
  if (!npmProgram) throw new BootstrapError('Run this through npm: `npm start` or `npm test`.');
  const npmMajor = Number(/^npm\/(\d+)/.exec(process.env['npm_config_user_agent'] ?? '')?.[1]);
  if (npmMajor < NPM_MAJOR_OLDEST) {
    throw new BootstrapError(
      `npm ${npmMajor} is too old to install Tallyman; run \`npm install --global npm@11\` and try again.`,
    );
  }
  if (!(await registryAnswers(npmProgram))) {
    throw new BootstrapError(
      'Dependencies have to be installed and the npm registry cannot be reached: connect to the network and run the command again.',
    );
  }
  // `npm ci` deletes node_modules first. That cannot work on Windows where the Node that runs this is inside it.
  const isInUse = process.platform === 'win32' && process.execPath.startsWith(modules);
  const command = state === 'missing' && !isInUse ? 'ci' : 'install';
  console.error(
    state === 'missing'
      ? 'Installing dependencies (once, a minute or so) …'
      : 'Installing changed dependencies …',
  );
  const code = await run(process.execPath, [npmProgram, command, '--include=dev']);
  if (code !== 0) {
    throw new BootstrapError(
      'The dependencies could not be installed: see the message of npm above, check the network, and run the command again.',
    );
  }
  if (!existsSync(pinnedNode)) {
    throw new BootstrapError(
      'npm did not install the pinned Node 24; delete the node_modules folder and run the command again.',
    );
  }
}

async function main() {
  const [name = '', ...args] = process.argv.slice(2);
  const script = SCRIPTS.get(name);
  if (!script) throw new BootstrapError(`Unknown command "${name}"; use start or test.`);
  const lockHash = hashOfLock();
  const state = installState(lockHash);
  if (state !== 'current') await install(state);
  // npm install may rewrite the lock's formatting: remember what is on disk now.
  writeFileSync(installedLockHash, state === 'current' ? lockHash : hashOfLock());
  return run(pinnedNode, [script, ...args], {
    env: {
      ...process.env,
      NODE: pinnedNode,
      npm_node_execpath: pinnedNode,
      // From the second start on, nothing is stripped of its types and compiled again: half of the processor time of opening.
      ...(name === 'start' ? { NODE_COMPILE_CACHE: join(modules, '.cache', 'compile') } : {}),
    },
  });
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof BootstrapError ? error.message : error);
  process.exitCode = 1;
}
