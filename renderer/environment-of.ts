import type { Connection } from './connection.ts';
import type { Environment } from './environment.ts';
import { saveFile } from './save-file.ts';
import { whenIdle } from './when-idle.ts';

/** What the app gets from a real page. */
export function environmentOf(page: Window, connection: Connection): Environment {
  return {
    connection,
    now: Date.now,
    saveFile,
    print: () => page.print(),
    whenIdle: whenIdle(page),
    reload: () => page.location.reload(),
  };
}
