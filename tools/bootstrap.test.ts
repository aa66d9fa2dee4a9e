import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { useTempFolders } from '../tests/support/temp-folder.ts';
import { projectRoot } from './project-root.ts';

/**
 * Goal: the first command on a bare machine either works or says in one sentence why not. Method: the real script in a project
 * of three files, with a stand-in for npm that notes how it was called.
 */
const tempFolder = useTempFolders();

const FAKE_NPM = `
import { appendFileSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
const [command] = process.argv.slice(2);
appendFileSync('npm-calls', command + ' ');
if (command === process.env.NPM_FAILS_AT) process.exit(1);
if (command !== 'ping') {
  mkdirSync('node_modules/node/bin', { recursive: true });
  copyFileSync(process.execPath, ${JSON.stringify(nodeIn('.'))});
  writeFileSync('node_modules/.package-lock.json', '{}');
}
`;

function nodeIn(folder: string): string {
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  return join(folder, 'node_modules', 'node', 'bin', program);
}

function project(): string {
  const folder = tempFolder();
  mkdirSync(join(folder, 'tools'));
  copyFileSync(join(projectRoot, 'tools/bootstrap.mjs'), join(folder, 'tools/bootstrap.mjs'));
  writeFileSync(
    join(folder, 'tools/verify.ts'),
    'console.log("verified", ...process.argv.slice(2));',
  );
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(join(folder, 'package-lock.json'), '{"lockfileVersion":3}');
  writeFileSync(join(folder, 'npm.js'), FAKE_NPM);
  return folder;
}

async function bootstrap(
  folder: string,
  environment: Record<string, string> = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  const options = {
    cwd: folder,
    env: {
      ...process.env,
      npm_execpath: join(folder, 'npm.js'),
      npm_config_user_agent: 'npm/11.0.0 node/v20.20.2',
      ...environment,
    },
  };
  const args = [join(folder, 'tools/bootstrap.mjs'), 'test', 'lint'];
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, args, options)) };
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string };
  }
}

test('it installs once, then needs no npm at all', async () => {
  const folder = project();
  expect(await bootstrap(folder)).toMatchObject({ code: 0, stdout: 'verified lint\n' });
  expect(await bootstrap(folder, { NPM_FAILS_AT: 'ping' })).toMatchObject({
    code: 0,
    stdout: 'verified lint\n',
    stderr: '',
  });
  expect(existsSync(join(folder, 'node_modules/.package-lock-hash'))).toBe(true);
});

test('a changed lock is installed, a touched one is not', async () => {
  const folder = project();
  await bootstrap(folder);
  const lock = join(folder, 'package-lock.json');
  writeFileSync(lock, readFileSync(lock));
  await bootstrap(folder);
  expect(readFileSync(join(folder, 'npm-calls'), 'utf8')).toBe('ping ci ');
  await new Promise((resolve) => setTimeout(resolve, 20));
  writeFileSync(lock, '{"lockfileVersion":3,"name":"changed"}');
  await bootstrap(folder);
  expect(readFileSync(join(folder, 'npm-calls'), 'utf8')).toBe('ping ci ping install ');
});

test.each([
  [
    'no network',
    { NPM_FAILS_AT: 'ping' },
    /^.*npm registry cannot be reached: connect to the network.*\n$/,
  ],
  [
    'a failed install',
    { NPM_FAILS_AT: 'ci' },
    /could not be installed: see the message of npm above/,
  ],
  ['an old npm', { npm_config_user_agent: 'npm/6.14.0' }, /^npm 6 is too old .*npm@11.*\n$/m],
  ['no npm', { npm_execpath: '' }, /^Run this through npm/],
])('%s is one clear sentence', async (_, environment, sentence) => {
  const folder = project();
  const finished = await bootstrap(folder, environment);
  expect(finished.code).toBe(1);
  expect(finished.stderr).toMatch(sentence);
  expect(finished.stderr).not.toMatch(/\n\s+at /);
  expect(existsSync(nodeIn(folder))).toBe(false);
});
