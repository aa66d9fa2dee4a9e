import Conf from 'conf';
import type { SettingsPort } from '../ports.ts';
import { createSettingsStore } from './settings-store.ts';

/** Settings beside the data they belong to, for the shells without Electron. */
export function createConfSettings(
  dataFolder: string,
  onDamaged: (keptAt: string) => void = () => undefined,
): SettingsPort {
  return createSettingsStore({ Store: Conf, folder: dataFolder, onDamaged });
}
