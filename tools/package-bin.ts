import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRoot } from './project-root.ts';

/** Executables whose package has another name. */
const PACKAGE_OF: Readonly<Record<string, string>> = { tsc: 'typescript' };

/**
 * The script behind a package's executable, so that it runs under this very Node on every system: on Windows the file in
 * `node_modules/.bin` is a shell script that cannot be started without a shell.
 */
export function packageBin(program: string): string {
  const manifest = join(
    projectRoot,
    'node_modules',
    PACKAGE_OF[program] ?? program,
    'package.json',
  );
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    bin: string | Record<string, string>;
  };
  const script = typeof bin === 'string' ? bin : bin[program];
  if (script === undefined) throw new Error(`${manifest} has no executable ${program}`);
  return join(dirname(manifest), script);
}
