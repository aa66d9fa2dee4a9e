import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TallymanError } from '../../../shared/errors.ts';

const REQUEST_TIMEOUT_MS = 5_000;
/** One that watches and one that somebody tries out, at different moments. */
const CONNECTIONS_MAX = 16;

export interface MetricsListening {
  port: number;
  host: string;
  /** If there is one, whoever asks has to show it as a bearer. */
  token: string | null;
}

export interface ServeMetricsOptions extends MetricsListening {
  render: () => Promise<{ contentType: string; text: string }>;
}

export interface RunningMetrics {
  port: number;
  close: () => Promise<void>;
}

/** On a port of its own, so that no proxy in front of the server can hand them out by mistake. */
export async function serveMetrics(options: ServeMetricsOptions): Promise<RunningMetrics> {
  const server = createServer((request, response) => {
    request.resume();
    answer(request, options).then(
      ({ status, text, contentType }) => {
        response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store' });
        response.end(text);
      },
      () => response.writeHead(500).end(),
    );
  });
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.maxConnections = CONNECTIONS_MAX;
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(
  request: IncomingMessage,
  { token, render }: ServeMetricsOptions,
): Promise<{ status: number; text: string; contentType: string }> {
  const plain = { contentType: 'text/plain; charset=utf-8' };
  if (!mayAsk(request, token)) return { ...plain, status: 401, text: 'A token is needed.\n' };
  if (request.method !== 'GET' || request.url !== '/metrics') {
    return { ...plain, status: 404, text: 'There is nothing at this address.\n' };
  }
  return { status: 200, ...(await render()) };
}

/** Hashes have one length, so that the comparison tells nothing by its time. */
function mayAsk({ headers }: IncomingMessage, token: string | null): boolean {
  if (token === null) return true;
  const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hashOf(headers.authorization ?? ''), hashOf(`Bearer ${token}`));
}

async function listen(server: Server, { host, port }: MetricsListening): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new TallymanError(
          'BAD_INPUT',
          `Metrics cannot be served on port ${port} of ${host}. Give another --metrics-port.`,
          { cause, details: { port, host } },
        ),
      ),
    );
    server.listen(port, host, resolve);
  });
}
