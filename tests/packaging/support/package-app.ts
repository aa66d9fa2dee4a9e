import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { extractAll, listPackage } from '@electron/asar';
import { makeStubElectron } from './stub-electron.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const run = promisify(execFile);
const BUILD_INPUTS = [
  'main',
  'shared',
  'renderer',
  'server',
  'resources',
  'tools',
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
  'electron-builder.yml',
];

export interface PackagedApp {
  executable: string;
  /** The files of the archive, with forward slashes and no leading one. */
  archived: readonly string[];
  /** Files beside the archive, which it refers to. */
  unpacked: string;
  /** The archive as a plain folder, with the files beside it put back. */
  extracted: string;
}

/** Builds and packages a copy of the project in `folder`, so that nobody else's `out/` is touched. */
export async function packageApp(folder: string): Promise<PackagedApp> {
  for (const each of BUILD_INPUTS) {
    cpSync(join(root, each), join(folder, each), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
  const { version } = JSON.parse(
    readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8'),
  ) as { version: string };
  const stub = join(folder, 'stub');
  mkdirSync(stub);
  makeStubElectron(stub, version);

  const bin = (name: string): string => join(root, 'node_modules', name);
  await run(process.execPath, [bin('electron-vite/bin/electron-vite.js'), 'build'], {
    cwd: folder,
  });
  await run(
    process.execPath,
    [
      bin('electron-builder/cli.js'),
      '--linux',
      '--dir',
      '--publish=never',
      `-c.electronDist=${stub}`,
    ],
    { cwd: folder },
  );
  const output = join(folder, 'dist/linux-unpacked');
  const archive = join(output, 'resources/app.asar');
  const extracted = join(folder, 'extracted');
  extractAll(archive, extracted);
  return {
    executable: join(output, 'tallyman'),
    archived: listPackage(archive, { isPack: false }).map((path) =>
      path.replaceAll('\\', '/').slice(1),
    ),
    unpacked: join(output, 'resources/app.asar.unpacked'),
    extracted,
  };
}
