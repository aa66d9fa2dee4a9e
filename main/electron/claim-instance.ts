import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { App } from 'electron';

export interface Arguments {
  /** Where all of the app's files go instead of the user's own folder. */
  data?: string | undefined;
  /** Becomes the server setting. */
  server?: string | undefined;
}

/** Chromium and the operating system add arguments of their own, so what is not ours is let by. */
export function argumentsOf(argv: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...argv],
    strict: false,
    options: { data: { type: 'string' }, server: { type: 'string' } },
  });
  const textOf = (value: unknown): string | undefined =>
    typeof value === 'string' && value !== '' ? value : undefined;
  return { data: textOf(values['data']), server: textOf(values['server']) };
}

/**
 * True for the one instance that may run on this data. Asked before anything of the app is loaded: a second instance
 * leaves at once, without having opened a file, and the first one shows its window.
 */
export function claimInstance(app: App, { data }: Arguments): boolean {
  // The lock belongs to this folder, so it is set first.
  if (data !== undefined) app.setPath('userData', resolve(data));
  if (app.requestSingleInstanceLock()) return true;
  app.exit(0);
  return false;
}
