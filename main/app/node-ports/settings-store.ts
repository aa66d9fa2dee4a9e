import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type Conf from 'conf';
import { z } from 'zod';
import {
  DEFAULT_SETTINGS,
  patchSettings,
  settingsField,
  type Settings,
  type SettingsPatch,
} from '../../../shared/desktop/settings.ts';
import type { SettingsPort } from '../ports.ts';

const FILE_NAME = 'settings';

/** `conf`, or `electron-store`, which is `conf` with Electron's paths. */
export type StoreClass = new (options: {
  cwd: string;
  /** The file's name without its ending: electron-store reads `name`, conf `configName`. */
  name: string;
  configName: string;
  accessPropertiesByDotNotation: boolean;
  clearInvalidConfig?: boolean;
}) => Conf;

export interface SettingsStoreOptions {
  Store: StoreClass;
  folder: string;
  /** Told once, at start, where a damaged settings file was put. */
  onDamaged: (keptAt: string) => void;
}

/** Settings in one JSON file, replaced atomically on every write and checked when read. */
export function createSettingsStore({
  Store,
  folder,
  onDamaged,
}: SettingsStoreOptions): SettingsPort {
  setAsideIfDamaged(join(folder, `${FILE_NAME}.json`), onDamaged);
  const store = new Store({
    cwd: folder,
    name: FILE_NAME,
    configName: FILE_NAME,
    accessPropertiesByDotNotation: false,
  });
  return {
    read: () => parse(store.store),
    write: (settings) => {
      store.store = settings;
    },
  };
}

/** Settings of a later version are not known here and no reason to forget the rest. */
const storedField = z.object(settingsField.shape);

/** A file from an earlier version lacks newer settings: those get their defaults, what the person chose stays. */
function parse(stored: unknown): Settings {
  return storedField.parse(patchSettings(DEFAULT_SETTINGS, stored as SettingsPatch));
}

/** The app must start whatever the file holds, and the person's file is not ours to delete. */
function setAsideIfDamaged(path: string, onDamaged: (keptAt: string) => void): void {
  if (!existsSync(path)) return;
  try {
    parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    const keptAt = path.replace(/\.json$/, '.damaged.json');
    renameSync(path, keptAt);
    onDamaged(keptAt);
  }
}
