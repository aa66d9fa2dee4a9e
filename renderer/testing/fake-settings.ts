import { DEFAULT_SETTINGS, type Settings } from '../../shared/desktop/settings.ts';

export function startingSettings(isEmpty: boolean, wishes: Partial<Settings>): Settings {
  return {
    ...DEFAULT_SETTINGS,
    serverUrl: isEmpty ? null : 'https://tallyman.example.com',
    ...wishes,
  };
}
