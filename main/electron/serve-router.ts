import type { BrowserWindow, IpcMain, IpcMainEvent } from 'electron';
import { IPC_REPLY_CHANNEL, IPC_REQUEST_CHANNEL } from '../../shared/desktop/ipc-bridge.ts';
import type { DesktopContext } from '../app/desktop-trpc.ts';
import { APP_ORIGIN } from './app-scheme.ts';
import { openEnvelopeSession } from './envelope-session.ts';

export interface ServeRouterOptions extends DesktopContext {
  ipcMain: IpcMain;
  window: BrowserWindow;
  /** Told why a message was dropped, for the log. */
  onDropped: (reason: string) => void;
}

/**
 * The app's only IPC. Served is the top frame of our own window with a page from our own scheme, and nobody else: not
 * an iframe, not another window, not a page that managed to be loaded from elsewhere.
 */
export function serveRouter(options: ServeRouterOptions): () => void {
  const { ipcMain, window, app, printer, onDropped } = options;
  const { webContents } = window;
  const open = () =>
    openEnvelopeSession({ app, printer }, (reply) => {
      if (!webContents.isDestroyed()) webContents.send(IPC_REPLY_CHANNEL, reply);
    });
  let session = open();
  const startAnew = (): void => {
    session.close();
    session = open();
  };
  // A reload or a crash ends the page that waits for answers; the next one counts from 1 again.
  webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) startAnew();
  });
  webContents.on('render-process-gone', startAnew);

  const onRequest = (event: IpcMainEvent, message: unknown): void => {
    if (!isOurPage(event, window)) onDropped('the sender is not our page');
    else if (!session.receive(message)) onDropped('the message is no request of ours');
  };
  // electron-store opens a channel of its own, which answers any sender and which nobody here needs.
  ipcMain.removeAllListeners('electron-store-get-data');
  ipcMain.on(IPC_REQUEST_CHANNEL, onRequest);
  return () => {
    ipcMain.off(IPC_REQUEST_CHANNEL, onRequest);
    session.close();
  };
}

function isOurPage({ sender, senderFrame }: IpcMainEvent, window: BrowserWindow): boolean {
  return (
    sender === window.webContents &&
    // Null once the frame has navigated away or is gone.
    senderFrame !== null &&
    senderFrame === sender.mainFrame &&
    senderFrame.parent === null &&
    senderFrame.origin === APP_ORIGIN
  );
}
