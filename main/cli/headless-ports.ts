import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { createConfSettings } from '../app/node-ports/conf-settings.ts';
import { createFileSecrets } from '../app/node-ports/file-secrets.ts';
import { createClockJumpPower } from '../app/node-ports/clock-jump-power.ts';
import { createInterfaceLink } from '../app/node-ports/interface-link.ts';
import { nodePaths } from '../app/node-ports/node-paths.ts';
import type { AppPorts } from '../app/ports.ts';

/** The ports of a single command: no automatic syncs, failures on stderr. */
export function headlessPorts(dataFolder: string): AppPorts {
  const paths = nodePaths(dataFolder);
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return {
    now: Date.now,
    paths,
    settings: createConfSettings(paths.dataFolder),
    secrets: createFileSecrets(paths.dataFolder),
    power: createClockJumpPower(),
    link: createInterfaceLink(),
    shell: 'headless',
    appVersion: (JSON.parse(manifest) as { version: string }).version,
    deviceName: hostname(),
    automatic: false,
    onError: (error) =>
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`),
  };
}
