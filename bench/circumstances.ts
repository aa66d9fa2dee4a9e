import { arch, cpus, loadavg, totalmem, type } from 'node:os';
import { basename } from 'node:path';
import type { Circumstances } from './stored-results.ts';

const BYTES_PER_GB = 1024 ** 3;

export interface CommandFlags {
  rows: number;
  only?: string | undefined;
  data?: string | undefined;
  seed: number;
  repeat?: number | undefined;
}

/** How somebody else gets the same: without the folders of this machine. */
export function commandOf(
  script: string,
  { rows, only, data, seed, repeat }: CommandFlags,
): string {
  const words = ['npm', 'run', script, '--', '--rows', String(rows)];
  if (only !== undefined) words.push('--only', only);
  if (data === undefined) words.push('--seed', String(seed));
  else words.push('--data', basename(data));
  if (repeat !== undefined) words.push('--repeat', String(repeat));
  return words.join(' ');
}

export interface ImportedCatalogue {
  imported: number;
  rejected: number;
}

/** Asked before the work starts, because the work itself makes the machine busy. */
export function circumstancesNow(
  script: string,
  flags: CommandFlags,
): (catalogue: ImportedCatalogue) => Circumstances {
  const [load = 0] = loadavg();
  const startedAt = new Date().toISOString();
  const cores = cpus();
  const memory = Math.round(totalmem() / BYTES_PER_GB);
  const machine = `${cores.length} × ${cores[0]?.model.trim() ?? 'unknown'}, ${memory} GB, ${type()} ${arch()}`;
  return ({ imported, rejected }) => ({
    startedAt,
    command: commandOf(script, flags),
    machine,
    node: process.version,
    loadAtStart: Number(load.toFixed(2)),
    catalogue: {
      products: imported,
      rejected,
      file: flags.data === undefined ? null : basename(flags.data),
    },
  });
}
