import type { IpcReply, IpcRequest } from './ipc-envelope.ts';

/** The two IPC channels of the app. There are no others. */
export const IPC_REQUEST_CHANNEL = 'tallyman:request';
export const IPC_REPLY_CHANNEL = 'tallyman:reply';

/** What the preload exposes to the page as `window.tallyman`, and all that it exposes. */
export interface TallymanBridge {
  send: (request: IpcRequest) => void;
  /** Replies arrive as plain values, never as Electron's event. Returns the way to stop. */
  onMessage: (listener: (reply: IpcReply) => void) => () => void;
}
