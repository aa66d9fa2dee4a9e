import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import config from '../electron.vite.config.ts';
import { must } from '../shared/domain/assert.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** What is bundled beside the workers, so that opening the app can be measured as people have it: without sources. */
const MEASURED = ['open-app', 'raw-open'];

/**
 * Bundles the app's workers, and the processes that open them, as the shipped app is bundled: with the very settings of its
 * main process, which electron-vite completes to what is written here.
 */
export async function buildCore(outDir: string): Promise<void> {
  const { main } = config as { main?: { build?: { rolldownOptions?: { input?: unknown } } } };
  const settings = must(main?.build, 'the build of the main process');
  const options = must(settings.rolldownOptions, 'the bundler options of the main process');
  const { main: shell, ...workers } = options.input as Record<string, string>;
  must(shell, 'the entry of the shell, which cannot run without Electron');
  const processes: Record<string, string> = Object.fromEntries(
    MEASURED.map((name) => [
      `${name}-process`,
      fileURLToPath(new URL(`processes/${name}-process.ts`, import.meta.url)),
    ]),
  );
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ...settings,
      ssr: true,
      target: 'node24',
      outDir,
      emptyOutDir: true,
      rolldownOptions: {
        ...options,
        input: { ...workers, ...processes },
      },
    },
  });
  // The native module stays outside the bundles, in the shipped app, too.
  symlinkSync(join(ROOT, 'node_modules'), join(outDir, 'node_modules'), 'junction');
}
