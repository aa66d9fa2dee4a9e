import { serverUrlField } from '../../../shared/desktop/settings.ts';
import { TallymanError } from '../../../shared/errors.ts';

/** The server's address as a person typed it on a command line. Throws BAD_INPUT. */
export function serverUrlOf(text: string): string {
  const parsed = serverUrlField.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new TallymanError(
    'BAD_INPUT',
    `${text} is not a server address: write one like http://192.168.0.10:8787.`,
    { details: { serverUrl: text } },
  );
}
