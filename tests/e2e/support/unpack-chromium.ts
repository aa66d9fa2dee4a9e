import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflate } from '@sparticuz/chromium';
import { projectRoot } from '../../../tools/project-root.ts';

interface UnpackedChromium {
  executable: string;
  /** The libraries that it needs and a bare Linux has not. */
  libraries: string;
}

/**
 * Unpacks the Chromium that comes as an npm package, once per version, into the project's cache. The package unpacks into
 * the folder for temporary files and takes whatever it finds there for whole, so it is given a fresh one, and the result
 * gets its final name only when it is complete.
 */
export async function unpackChromium(): Promise<UnpackedChromium> {
  const packageRoot = dirname(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))));
  const { version } = JSON.parse(await readFile(join(packageRoot, 'package.json'), 'utf8')) as {
    version: string;
  };
  const cache = join(projectRoot, '.cache');
  const target = join(cache, `chromium-${version}`);
  if (!existsSync(target)) {
    await mkdir(cache, { recursive: true });
    const staging = await mkdtemp(join(cache, 'chromium-staging-'));
    await withTemporaryFolder(staging, () =>
      Promise.all(
        ['chromium.br', 'al2023.tar.br'].map((name) => inflate(join(packageRoot, 'bin', name))),
      ),
    );
    await rename(staging, target).catch(async (error: unknown) => {
      // Another run was quicker: its result is as good.
      if (!existsSync(target)) throw error;
      await rm(staging, { recursive: true });
    });
  }
  return { executable: join(target, 'chromium'), libraries: join(target, 'al2023', 'lib') };
}

async function withTemporaryFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}
