import { v7 as uuidv7 } from 'uuid';
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
    shrinkPhoto: async (file) => {
      const { shrinkPhoto } = await import('./photos/shrink-photo.ts');
      return shrinkPhoto(file);
    },
    print: () => page.print(),
    whenIdle: whenIdle(page),
    newId: () => uuidv7(),
    // Of the press, not of its handling: a page that was busy for a while still sees the scanner's pace.
    keyTime: (event) => event.timeStamp,
    openAudio: () => ('AudioContext' in page ? new AudioContext() : null),
    reload: () => page.location.reload(),
  };
}
