import { serverUrlField } from '../../../shared/desktop/settings.ts';
import { TallymanError } from '../../../shared/errors.ts';
import type { SettingsPort } from '../ports.ts';

/** Sets the server that was named on the command line, before the app starts to look for one. */
export function chooseServer(settings: SettingsPort, serverUrl: string): void {
  const parsed = serverUrlField.safeParse(serverUrl);
  if (!parsed.success) {
    throw new TallymanError(
      'BAD_INPUT',
      `${serverUrl} is not a server address: write one like http://192.168.0.10:8787.`,
      { details: { serverUrl } },
    );
  }
  settings.write({ ...settings.read(), serverUrl: parsed.data });
}
