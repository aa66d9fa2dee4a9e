import { createWSClient, type TRPCLink, wsLink } from '@trpc/client';
import type { DesktopRouter } from '../main/app/desktop-router.ts';
import type { TallymanBridge } from '../shared/desktop/ipc-bridge.ts';
import { type Connection, createConnection } from './connection.ts';
import { ipcLink } from './ipc-link.ts';

declare global {
  interface Window {
    tallyman?: TallymanBridge | undefined;
  }
}

export interface Transport {
  link: TRPCLink<DesktopRouter>;
  connection: Connection;
}

const RECONNECT_DELAY_FIRST_MS = 250;
const RECONNECT_DELAY_MAX_MS = 5_000;
const KEEP_ALIVE_MS = 10_000;
const PONG_TIMEOUT_MS = 5_000;

export function reconnectDelay(attempt: number): number {
  return Math.min(RECONNECT_DELAY_FIRST_MS * 2 ** attempt, RECONNECT_DELAY_MAX_MS);
}

/** The only place that touches what the preload exposed. Electron gives a bridge; a browser tab speaks to its own host. */
export function openTransport(page: Window): Transport {
  if (page.tallyman) return { link: ipcLink(page.tallyman), connection: createConnection() };

  const connection = createConnection();
  const client = createWSClient({
    url: `${page.location.protocol === 'https:' ? 'wss' : 'ws'}://${page.location.host}/trpc`,
    retryDelayMs: reconnectDelay,
    keepAlive: { enabled: true, intervalMs: KEEP_ALIVE_MS, pongTimeoutMs: PONG_TIMEOUT_MS },
    onOpen: () => connection.set('connected'),
    onClose: () => connection.set('lost'),
    onError: () => connection.set('lost'),
  });
  return { link: wsLink({ client }), connection };
}
