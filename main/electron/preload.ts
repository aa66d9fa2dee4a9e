import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import {
  IPC_REPLY_CHANNEL,
  IPC_REQUEST_CHANNEL,
  type TallymanBridge,
} from '../../shared/desktop/ipc-bridge.ts';
import type { IpcReply } from '../../shared/desktop/ipc-envelope.ts';

/** All that the page gets: two functions on two fixed channels. Electron's own objects stay on this side. */
const bridge: TallymanBridge = {
  send: (request) => ipcRenderer.send(IPC_REQUEST_CHANNEL, request),
  onMessage: (listener) => {
    const onReply = (_event: IpcRendererEvent, reply: IpcReply): void => listener(reply);
    ipcRenderer.on(IPC_REPLY_CHANNEL, onReply);
    return () => ipcRenderer.off(IPC_REPLY_CHANNEL, onReply);
  },
};

contextBridge.exposeInMainWorld('tallyman', bridge);
