import type { BrowserWindow, RenderProcessGoneDetails } from 'electron';

const RELOADS_MAX = 3;
const RELOADS_WINDOW_MS = 60_000;

export interface RevivePageOptions {
  now: () => number;
  onGone: (details: RenderProcessGoneDetails) => void;
  /** The page dies again and again: a person decides. Resolves to true to try once more. */
  askForReload: () => Promise<boolean>;
  quit: () => void;
}

/** Loads the page again when its process is gone. Nothing is lost: all state lives in the workers. */
export function revivePage(window: BrowserWindow, options: RevivePageOptions): void {
  let reloads: number[] = [];
  const reload = (): void => {
    reloads.push(options.now());
    window.webContents.reload();
  };
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit') return;
    options.onGone(details);
    reloads = reloads.filter((at) => options.now() - at < RELOADS_WINDOW_MS);
    if (reloads.length < RELOADS_MAX) {
      reload();
      return;
    }
    void options.askForReload().then((again) => {
      reloads = [];
      if (again) reload();
      else options.quit();
    });
  });
}
