import type { Server, Socket } from 'node:net';
import type { EdgeLimits } from './edge-limits.ts';

export type ConnectionLimits = Pick<EdgeLimits, 'connections' | 'connectionsPerAddress'>;

/**
 * Hangs up on connections beyond the bounds, before TLS is spoken on them. `isProxy` says which addresses stand for many
 * others; it is for the proxy to bound those.
 */
export function limitConnections(
  server: Server,
  limits: ConnectionLimits,
  isProxy: (address: string) => boolean,
): void {
  server.maxConnections = limits.connections;
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress;
    // It has hung up already.
    if (address === undefined) {
      socket.destroy();
      return;
    }
    if (isProxy(address)) return;
    const count = (open.get(address) ?? 0) + 1;
    if (count > limits.connectionsPerAddress) {
      socket.destroy();
      return;
    }
    open.set(address, count);
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
  });
}
