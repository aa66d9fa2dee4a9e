import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const ANSWER_WAIT_MS = 2_000;

const QUESTION = [
  '--session',
  '--print-reply',
  '--dest=org.kde.StatusNotifierWatcher',
  '/StatusNotifierWatcher',
  'org.freedesktop.DBus.Properties.Get',
  'string:org.kde.StatusNotifierWatcher',
  'string:IsStatusNotifierHostRegistered',
] as const;

export type RunCommand = (command: string, args: readonly string[]) => Promise<string>;

/**
 * Whether the desktop shows tray icons. Electron makes one either way, and on a plain GNOME nobody would ever see it:
 * a window closed to such a tray is lost. Only Linux has to be asked; an unclear answer counts as no.
 */
export async function hasTrayHost(
  platform: NodeJS.Platform,
  run: RunCommand = runBriefly,
): Promise<boolean> {
  if (platform !== 'linux') return true;
  const answer = await run('dbus-send', QUESTION).catch(() => '');
  return answer.includes('boolean true');
}

async function runBriefly(command: string, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(command, args, { timeout: ANSWER_WAIT_MS });
  return stdout;
}
