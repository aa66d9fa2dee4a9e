import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../../tools/project-root.ts';
import { useTempFolders } from '../support/temp-folder.ts';
import { openAppPage } from './support/app-page.ts';
import { launchChromium } from './support/launch-chromium.ts';

/**
 * Goal: what the README promises of `npm start`. Method: the very script, on a data folder of its own and with no display, so that it
 * opens the browser shell.
 */
const tempFolder = useTempFolders();

interface Started {
  child: ChildProcess;
  output: () => string;
  exited: Promise<unknown[]>;
}

function start(folder: string): Started {
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...environment } = process.env;
  const child = spawn(process.execPath, [join(projectRoot, 'tools/bootstrap.mjs'), 'start'], {
    env: { ...environment, BROWSER: 'none', TALLYMAN_DEMO: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (piece: Buffer) => (output += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (output += piece.toString()));
  return { child, output: () => output, exited: once(child, 'close') };
}

// Elsewhere there always is a display, and Electron would open.
test.runIf(process.platform === 'linux')(
  'npm start shows the sample catalogue, refuses to run twice, and stops cleanly',
  async () => {
    const folder = tempFolder();
    const first = start(folder);
    try {
      await expect.poll(first.output, { timeout: 120_000 }).toMatch(/is open at http:\S+/);
      expect(first.output()).toContain('so Tallyman opens in the browser instead.');
      const address = /is open at (http:\S+)/.exec(first.output())?.[1] ?? '';

      await using browser = await launchChromium();
      await using app = await openAppPage(browser, address);
      await app.status.filter({ hasText: 'Up to date' }).waitFor({ timeout: 60_000 });
      await app.search('schraubendreher');
      await app
        .product(/Schraubendreher/)
        .first()
        .waitFor();

      const second = start(folder);
      const [code] = await second.exited;
      expect({ code, output: second.output() }).toEqual({
        code: 1,
        output: expect.stringMatching(
          /^Tallyman already runs from this folder: [^\n]+\n$/,
        ) as string,
      });
    } finally {
      first.child.kill('SIGTERM');
    }
    expect(await first.exited).toEqual([0, null]);
  },
);
