import type { SettingsPort } from '../ports.ts';
import { serverUrlOf } from './server-url-of.ts';

/** Sets the server that was named on the command line, before the app starts to look for one. */
export function chooseServer(settings: SettingsPort, serverUrl: string): void {
  settings.write({ ...settings.read(), serverUrl: serverUrlOf(serverUrl) });
}
