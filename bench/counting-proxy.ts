import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface CountingProxy {
  url: string;
  /** What clients have sent and received so far. */
  bytes: () => { sent: number; received: number };
  close: () => Promise<void>;
}

/** Passes connections on to a server of this machine and counts every byte of them. */
export async function startCountingProxy(serverUrl: string): Promise<CountingProxy> {
  const target = new URL(serverUrl);
  const open = new Set<Socket>();
  const bytes = { sent: 0, received: 0 };
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    client.on('data', (piece) => (bytes.sent += piece.length));
    upstream.on('data', (piece) => (bytes.received += piece.length));
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        open.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bytes: () => ({ ...bytes }),
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
