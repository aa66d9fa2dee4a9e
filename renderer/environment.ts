import { createContext, use } from 'react';
import type { Connection } from './connection.ts';
import type { ShrunkPhoto } from './photos/shrink-photo.ts';

/** Calls back when start-up is over and there is nothing to do. Returns the way to cancel. */
export type WhenIdle = (work: () => void) => () => void;

/** What varies between the app, its tests and the dev page. */
export interface Environment {
  connection: Connection;
  /** UTC epoch milliseconds. */
  now: () => number;
  /** Hands a text to the person as a file, or what may be too long for one text. The name's ending says what it is. */
  saveFile: (name: string, content: string | Blob) => void;
  /** Makes a picture ready to be kept: small, the right way up, with nothing in it but what is seen. Rejects if it is none. */
  shrinkPhoto: (file: Blob) => Promise<ShrunkPhoto>;
  /** Opens the page's own print dialog. What it shows is up to the print styles. */
  print: () => void;
  whenIdle: WhenIdle;
  /** UUIDv7. */
  newId: () => string;
  /** When a key was pressed, in milliseconds of a steady clock. It tells scanners from people. */
  keyTime: (event: KeyboardEvent) => number;
  /** Null where nothing can be played. */
  openAudio: () => AudioContext | null;
  /** Starts the page anew, at the same place. */
  reload: () => void;
}

export const EnvironmentContext = createContext<Environment | null>(null);

export function useEnvironment(): Environment {
  const environment = use(EnvironmentContext);
  if (!environment) throw new Error('EnvironmentContext is missing above this component');
  return environment;
}
