import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** By which @electron/fuses finds the wire in a binary. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** The wire of Electron 45 as it is downloaded: version, length, then one digit per fuse. */
const FUSE_WIRE = Buffer.concat([Buffer.from([1, 9]), Buffer.from('101100011', 'latin1')]);

/**
 * A Linux distribution of Electron with the right names and nothing behind them, so that packaging can be tested where
 * the binary cannot be downloaded. The executable carries the fuse wire, so that flipping it works for real.
 */
export function makeStubElectron(folder: string, version: string): void {
  for (const each of ['locales', 'resources']) mkdirSync(join(folder, each), { recursive: true });
  const padding = Buffer.alloc(1_024);
  writeFileSync(
    join(folder, 'electron'),
    Buffer.concat([padding, Buffer.from(SENTINEL, 'latin1'), FUSE_WIRE, padding]),
    { mode: 0o755 },
  );
  writeFileSync(join(folder, 'version'), version);
  writeFileSync(join(folder, 'LICENSE'), 'stub');
  writeFileSync(join(folder, 'LICENSES.chromium.html'), 'stub');
  writeFileSync(join(folder, 'locales', 'en-US.pak'), 'stub');
}
