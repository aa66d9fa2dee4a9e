import type { IncomingMessage, Server } from 'node:http';
import { applyWSSHandler } from '@trpc/server/adapters/ws';
import { WebSocketServer } from 'ws';
import { PHOTO_TEXT_MAX } from '../../shared/desktop/photo-views.ts';
import type { DesktopApp } from '../app/desktop-app.ts';
import { desktopRouter } from '../app/desktop-router.ts';
import { refusalOf } from './request-guard.ts';
import type { Session } from './session.ts';

const TRPC_PATH = '/trpc';
/** Most messages of the renderer are a few hundred characters; the longest carries a photo. */
const MESSAGE_BYTES_MAX = PHOTO_TEXT_MAX + 128 * 1_024;
/** Tabs open at once. Far above what a person opens; reaching it means a loop in the page. */
const SOCKETS_MAX = 32;

export interface TrpcSocketsOptions {
  app: DesktopApp;
  session: Session;
}

/** The desktop router over WebSockets, for pages of our own origin that hold the session. Returns the way to stop. */
export function serveTrpcSockets(server: Server, { app, session }: TrpcSocketsOptions): () => void {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MESSAGE_BYTES_MAX,
    perMessageDeflate: false,
  });
  applyWSSHandler({ wss: sockets, router: desktopRouter, createContext: () => ({ app }) });

  const statusOf = (request: IncomingMessage): string | null => {
    if (refusalOf(request, 'socket') !== null) return '403 Forbidden';
    if (!session.isOpen(request.headers.cookie, request.socket.localPort ?? 0)) {
      return '401 Unauthorized';
    }
    if (request.url !== TRPC_PATH) return '404 Not Found';
    return sockets.clients.size < SOCKETS_MAX ? null : '503 Service Unavailable';
  };
  server.on('upgrade', (request, socket, head) => {
    const refused = statusOf(request);
    // A peer that vanishes in the middle of the handshake is none of our errors.
    socket.on('error', () => socket.destroy());
    if (refused !== null) {
      socket.end(`HTTP/1.1 ${refused}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) =>
      sockets.emit('connection', client, request),
    );
  });
  return () => {
    for (const client of sockets.clients) client.terminate();
    sockets.close();
  };
}
