import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { TallymanError } from '../../shared/errors.ts';
import { createApp } from '../app/create-app.ts';
import { createClockJumpPower } from '../app/node-ports/clock-jump-power.ts';
import { createConfSettings } from '../app/node-ports/conf-settings.ts';
import { createFileSecrets } from '../app/node-ports/file-secrets.ts';
import { createInterfaceLink } from '../app/node-ports/interface-link.ts';
import { nodePaths } from '../app/node-ports/node-paths.ts';
import { serverUrlOf } from '../app/node-ports/server-url-of.ts';
import { openRendererFiles, type RendererFiles } from '../app/renderer-files.ts';
import { type LoopbackServer, openLoopbackServer } from './loopback-server.ts';

export interface BrowserShellOptions {
  dataDir: string;
  /** 0 takes a free one. */
  port: number;
  /** The renderer as Vite built it. */
  rendererDir: string;
  appVersion: string;
  /** Becomes the setting; without it the setting stays. */
  serverUrl?: string | undefined;
  /** Told what a person should know, one sentence each. */
  notice: (sentence: string) => void;
}

/** The whole app in a browser tab on loopback: for machines without Electron, for support and for end-to-end tests. */
export async function startBrowserShell(options: BrowserShellOptions): Promise<LoopbackServer> {
  const files = openBuiltRenderer(options.rendererDir);
  const serverUrl = options.serverUrl === undefined ? undefined : serverUrlOf(options.serverUrl);
  const paths = nodePaths(options.dataDir);
  const settings = createConfSettings(paths.dataFolder, (keptAt) =>
    options.notice(`The settings could not be read and start anew; the old file is ${keptAt}.`),
  );
  const app = await createApp({
    now: Date.now,
    paths,
    settings,
    secrets: createFileSecrets(paths.dataFolder),
    power: createClockJumpPower(),
    link: createInterfaceLink(),
    shell: 'browser',
    appVersion: options.appVersion,
    deviceName: hostname(),
    automatic: true,
    onError: (error) => options.notice(error instanceof Error ? error.message : String(error)),
  });
  try {
    // Only now is the folder ours: the settings of an app that runs on it are not to be touched.
    if (serverUrl !== undefined) await app.settings.update({ serverUrl });
    const server = await openLoopbackServer({
      app,
      files,
      port: options.port,
      randomText: () => randomBytes(32).toString('base64url'),
    });
    return {
      newAddress: server.newAddress,
      close: async () => {
        await server.close();
        await app.close();
      },
    };
  } catch (error) {
    await app.close();
    throw error;
  }
}

function openBuiltRenderer(folder: string): RendererFiles {
  if (existsSync(join(folder, 'index.html'))) return openRendererFiles(folder);
  throw new TallymanError(
    'NOT_FOUND',
    `The screens are not built yet (nothing in ${folder}): run "npm run build" first.`,
  );
}
