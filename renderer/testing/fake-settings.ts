import {
  DEFAULT_SETTINGS,
  type Settings,
  type SettingsPatch,
} from '../../shared/desktop/settings.ts';

/** Merges a change as the app does: keys that are absent or undefined stay as they are. */
export function applyFakePatch(settings: Settings, patch: SettingsPatch): Settings {
  const { sync, ...rest } = patch;
  return {
    ...settings,
    ...withoutAbsent(rest),
    sync: { ...settings.sync, ...withoutAbsent(sync ?? {}) },
  };
}

export function startingSettings(isEmpty: boolean, wishes: Partial<Settings>): Settings {
  return {
    ...DEFAULT_SETTINGS,
    serverUrl: isEmpty ? null : 'https://tallyman.example.com',
    ...wishes,
  };
}

function withoutAbsent<T extends object>(patch: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(
    Object.entries(patch).filter(([, value]) => value !== undefined),
  ) as ReturnType<typeof withoutAbsent<T>>;
}
