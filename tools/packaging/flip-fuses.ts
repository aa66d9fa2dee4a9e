import { join } from 'node:path';
import { flipFuses } from '@electron/fuses';
import type { AfterPackContext } from 'electron-builder';
import { FUSES } from './fuses.ts';

/**
 * Run by electron-builder once the app folder stands and before anything is signed. Its own `electronFuses` setting
 * knows neither all fuses of today's Electron nor the strict mode.
 */
export async function afterPack(context: AfterPackContext): Promise<void> {
  const { appOutDir, electronPlatformName, packager } = context;
  const { productFilename } = packager.appInfo;
  const executables: Readonly<Record<string, string>> = {
    darwin: `${productFilename}.app`,
    win32: `${productFilename}.exe`,
    linux: packager.config.linux?.executableName ?? productFilename,
  };
  const executable = executables[electronPlatformName];
  if (executable === undefined) throw new Error(`no executable known on ${electronPlatformName}`);
  await flipFuses(join(appOutDir, executable), FUSES);
}
