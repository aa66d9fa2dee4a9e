import type { App } from 'electron';

/** A worker that does not stop is left behind after this: all that it was told to keep is on disk. */
const CLOSE_WAIT_MS = 10_000;

export interface QuitSafelyOptions {
  /** Ends the app's work; called once. */
  close: () => Promise<void>;
  onFailure: (error: unknown) => void;
  wait?: (ms: number) => Promise<void>;
}

/** Lets the workers finish their commit before the app quits. Returns whether the app is on its way out. */
export function quitSafely(app: App, options: QuitSafelyOptions): () => boolean {
  const wait = options.wait ?? waitFor;
  let state: 'running' | 'closing' | 'closed' = 'running';
  const closeThenQuit = async (): Promise<void> => {
    await Promise.race([options.close().catch(options.onFailure), wait(CLOSE_WAIT_MS)]);
    state = 'closed';
    app.quit();
  };
  app.on('before-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    void closeThenQuit();
  });
  return () => state !== 'running';
}

function waitFor(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
