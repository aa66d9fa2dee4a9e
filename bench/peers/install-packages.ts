import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { TallymanError } from '../../shared/errors.ts';

/** npm writes it as the last step of an install that worked. */
const INSTALLED = join('node_modules', '.package-lock.json');

/** The peers' packages are the project's business only for as long as somebody compares: nothing else installs them. */
export async function installPackages(
  folder: string,
  onInstall: (line: string) => void,
): Promise<void> {
  if (existsSync(join(folder, INSTALLED))) return;
  onInstall(`Installing the peers' packages: npm ci --prefix ${folder}`);
  // No script of theirs is needed: what is native comes built.
  const child = spawn('npm', ['ci', '--prefix', folder, '--ignore-scripts', '--no-fund'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code === 0) return;
  throw new TallymanError(
    'SERVER_UNREACHABLE',
    `The peers' packages could not be installed. Look at what npm says above, or measure without them: --only hand-written-loop.`,
  );
}
