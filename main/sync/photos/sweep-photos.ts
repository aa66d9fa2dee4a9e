import type { PhotoFiles } from '../../store/photos/photo-files.ts';

/** Not at the start, when everybody waits for the first page. */
const FIRST_AFTER_MS = 60_000;
const EVERY_MS = 6 * 60 * 60 * 1_000;

export interface SweepPorts {
  files: Pick<PhotoFiles, 'sweep'>;
  setTimer: (ms: number, callback: () => void) => () => void;
  onError: (error: unknown) => void;
}

/** Keeps the folder of photos within its bounds. Returns the way to stop, which resolves when nothing is under way. */
export function sweepPhotos({ files, setTimer, onError }: SweepPorts): () => Promise<void> {
  const closing = new AbortController();
  let round: Promise<void> = Promise.resolve();
  let stopTimer = (): void => undefined;
  const wait = (ms: number): void => {
    stopTimer = setTimer(ms, () => {
      round = files.sweep(closing.signal).catch(onError);
      wait(EVERY_MS);
    });
  };
  wait(FIRST_AFTER_MS);
  return () => {
    closing.abort();
    stopTimer();
    return round;
  };
}
