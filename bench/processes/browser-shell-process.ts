import { createConfSettings } from '../../main/app/node-ports/conf-settings.ts';
import type { LoopbackServer } from '../../main/browser/loopback-server.ts';
import { startBrowserShell } from '../../main/browser/start-browser-shell.ts';
import { DEFAULT_SETTINGS } from '../../shared/desktop/settings.ts';
import { serveProcess } from '../bench-process.ts';

export interface BrowserShellInput {
  dataFolder: string;
  rendererDir: string;
  serverUrl: string;
  syncOnStart: boolean;
}

export interface BrowserShellOutput {
  /** Works once. */
  address: string;
  pid: number;
}

let shell: LoopbackServer | null = null;

/** The app in its browser shell, on a free port, as `main/browser/main.ts` starts it. Stays until its starter goes. */
serveProcess(
  async (input: BrowserShellInput): Promise<BrowserShellOutput> => {
    const { dataFolder, rendererDir, serverUrl, syncOnStart } = input;
    const sync = { ...DEFAULT_SETTINGS.sync, syncOnStart, intervalSeconds: 0 };
    // Before the start: a server that is set later starts a sync of its own.
    createConfSettings(dataFolder).write({ ...DEFAULT_SETTINGS, serverUrl, sync });
    shell = await startBrowserShell({
      dataDir: dataFolder,
      port: 0,
      rendererDir,
      appVersion: '0.0.0',
      notice: (sentence) => process.stderr.write(`${sentence}\n`),
    });
    return { address: shell.newAddress(), pid: process.pid };
  },
  async () => shell?.close(),
);
