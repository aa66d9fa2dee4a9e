import type { BrowserWindow } from 'electron';

export interface CloseBehaviourOptions {
  platform: NodeJS.Platform;
  /** Whether a person can see our tray icon. */
  hasTray: () => boolean;
  isQuitting: () => boolean;
  /** Called whenever the window goes out of sight by its close button. */
  onClosed: () => void;
}

/**
 * What the close button does. The window is never destroyed before the app quits, so it comes back at once; and sync
 * goes on meanwhile. A Mac keeps apps without windows in the dock; elsewhere the tray is the way back, and where there
 * is no tray to see, the taskbar.
 */
export function keepWindow(window: BrowserWindow, options: CloseBehaviourOptions): void {
  window.on('close', (event) => {
    options.onClosed();
    if (options.isQuitting()) return;
    event.preventDefault();
    if (options.platform === 'darwin' || options.hasTray()) window.hide();
    else window.minimize();
  });
}
