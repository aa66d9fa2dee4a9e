import { DEFAULT_SETTINGS, type Settings } from '../../shared/desktop/settings.ts';
import { fakePersonId } from './fake-rows.ts';

export function startingSettings(isEmpty: boolean, wishes: Partial<Settings>): Settings {
  return {
    ...DEFAULT_SETTINGS,
    personId: isEmpty ? null : fakePersonId(0),
    serverUrl: isEmpty ? null : 'https://tallyman.example.com',
    ...wishes,
  };
}
