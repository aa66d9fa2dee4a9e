import {
  patchSettings,
  type Settings,
  settingsField,
  type SettingsPatch,
} from '../../shared/desktop/settings.ts';
import type { DesktopApp } from './desktop-app.ts';
import { Listeners } from './listeners.ts';
import type { SettingsPort } from './ports.ts';

/** Settings as the renderer sees them: checked, kept, and applied at once by `onChanged`. */
export function createSettingsService(
  port: SettingsPort,
  options: {
    onChanged: (before: Settings, next: Settings) => Promise<void>;
    onListenerError: (error: unknown) => void;
  },
): DesktopApp['settings'] {
  const listeners = new Listeners<Settings>(options.onListenerError);
  return {
    get: port.read,
    subscribe: listeners.subscribe,
    update: async (patch: SettingsPatch) => {
      const before = port.read();
      const next = settingsField.parse(patchSettings(before, patch));
      port.write(next);
      listeners.emit(next);
      await options.onChanged(before, next);
      return next;
    },
  };
}
