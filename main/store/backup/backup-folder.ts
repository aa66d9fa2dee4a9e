import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Regular backups: the newest of each of the last hours that have one, and the newest of each of the last days. */
const HOURS_KEPT = 12;
const DAYS_KEPT = 7;
/** Made before an app update changed the file: kept for many updates, whatever their age. */
const BEFORE_UPGRADES_KEPT = 10;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface Backup {
  file: string;
  /** UTC epoch milliseconds. */
  at: number;
  /** The schema version that an upgrade started from; null for a regular backup. */
  beforeUpgrade: number | null;
}

/** `work-20260131T090000000Z.db`, or `work-20260131T090000000Z-before-upgrade-from-2.db`. */
const NAME = /^work-(\d{8}T\d{9}Z)(?:-before-upgrade-from-(\d+))?\.db$/;

/** Where the verified copies of `work.db` are, and what they are called. */
export class BackupFolder {
  readonly #folder: string;

  constructor(dataFolder: string) {
    this.#folder = join(dataFolder, 'backup');
  }

  /** Newest first. */
  list(): Backup[] {
    if (!existsSync(this.#folder)) return [];
    const found: Backup[] = [];
    for (const name of readdirSync(this.#folder)) {
      const [, stamp, version] = NAME.exec(name) ?? [];
      if (stamp === undefined) continue;
      const beforeUpgrade = version === undefined ? null : Number(version);
      found.push({ file: join(this.#folder, name), at: timeOf(stamp), beforeUpgrade });
    }
    return found.toSorted((a, b) => b.at - a.at || (a.file < b.file ? 1 : -1));
  }

  /** A path for a new backup. Makes the folder. */
  newFile(at: number, beforeUpgrade: number | null = null): string {
    mkdirSync(this.#folder, { recursive: true });
    const suffix = beforeUpgrade === null ? '' : `-before-upgrade-from-${beforeUpgrade}`;
    return join(this.#folder, `work-${stampOf(at)}${suffix}.db`);
  }

  /** Deletes what the bounds above do not keep, and what a killed copy left. */
  prune(): void {
    const backups = this.list();
    const kept = new Set(backupsToKeep(backups).map(({ file }) => file));
    for (const { file } of backups) if (!kept.has(file)) rmSync(file, { force: true });
    if (!existsSync(this.#folder)) return;
    for (const name of readdirSync(this.#folder)) {
      if (/\.tmp(-journal|-wal|-shm)?$/.test(name)) rmSync(join(this.#folder, name));
    }
  }
}

/** `backups` are newest first. */
export function backupsToKeep(backups: readonly Backup[]): Backup[] {
  const regular = backups.filter(({ beforeUpgrade }) => beforeUpgrade === null);
  const before = backups.filter(({ beforeUpgrade }) => beforeUpgrade !== null);
  return [
    ...new Set([
      ...newestOfEach(regular, HOUR_MS, HOURS_KEPT),
      ...newestOfEach(regular, DAY_MS, DAYS_KEPT),
      ...before.slice(0, BEFORE_UPGRADES_KEPT),
    ]),
  ];
}

function newestOfEach(backups: readonly Backup[], span: number, spans: number): Backup[] {
  const newest = new Map<number, Backup>();
  for (const backup of backups) {
    const key = Math.floor(backup.at / span);
    if (!newest.has(key)) newest.set(key, backup);
  }
  return [...newest.values()].slice(0, spans);
}

/** ISO 8601 without the signs that Windows does not allow in names. */
export function stampOf(at: number): string {
  return new Date(at).toISOString().replace(/[-:.]/g, '');
}

function timeOf(stamp: string): number {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/.exec(stamp) ?? [];
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, ms = 0] = parts
    .slice(1)
    .map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second, ms);
}
