import type { Command } from 'commander';
import { createApp } from '../app/create-app.ts';
import type { DesktopApp } from '../app/desktop-app.ts';
import { WORKER_ENTRIES } from '../app/node-ports/node-paths.ts';
import { assertDataFolder, type OpenFolder, openFolder } from '../app/open-folder.ts';
import { headlessPorts } from './headless-ports.ts';

/** What every command about a data folder takes. */
export interface FolderOptions {
  data: string;
  json?: boolean | undefined;
}

export function folderCommand(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .requiredOption('--data <folder>', 'the data folder')
    .option('--json', 'print one line of JSON');
}

/** For commands that only look: beside a running app too. */
export async function withFolder(
  dataFolder: string,
  work: (folder: OpenFolder) => void | Promise<void>,
): Promise<void> {
  const folder = await openFolder({
    dataFolder,
    readerWorkerEntry: WORKER_ENTRIES.readerWorkerEntry,
  });
  try {
    await work(folder);
  } finally {
    await folder.close();
  }
}

/** For commands that write: as the folder's owner, so not beside a running app. */
export async function withApp<T>(
  dataFolder: string,
  work: (app: DesktopApp) => Promise<T>,
): Promise<T> {
  // A mistyped name must not become a new, empty folder that then knows no product.
  assertDataFolder(dataFolder);
  const app = await createApp(headlessPorts(dataFolder));
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}

/** One line of JSON for scripts, or lines for people. */
export function present(
  { json }: Pick<FolderOptions, 'json'>,
  value: unknown,
  lines: readonly string[],
): void {
  if (json) process.stdout.write(`${JSON.stringify(value)}\n`);
  else for (const line of lines) process.stdout.write(`${line}\n`);
}
