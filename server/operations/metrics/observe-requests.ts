import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ServerMetrics } from './server-metrics.ts';

const PATH = /^(?:\/o\/[^/]+)?\/([a-z]+)(?:\/|$)/;
const TOO_MANY_REQUESTS = 429;

/** Counts every request by its end, that of the connection included. */
export function observeRequests(app: FastifyInstance, metrics: ServerMetrics): void {
  app.addHook('onRequest', async (request, reply) => {
    const kind = kindOf(request);
    reply.raw.once('close', () => count(metrics, kind, { request, reply }));
  });
}

function count(
  metrics: ServerMetrics,
  kind: string,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): void {
  const isWhole = reply.raw.writableFinished;
  metrics.requests.inc({ kind, status: isWhole ? String(reply.raw.statusCode) : 'broken' });
  if (reply.raw.statusCode === TOO_MANY_REQUESTS) metrics.rateLimited.inc({ kind: 'request' });
  metrics.bytesReceived.inc({ kind }, lengthOf(request.headers['content-length']));
  if (isWhole) metrics.bytesSent.inc({ kind }, lengthOf(reply.getHeader('content-length')));
}

/** A few words, whatever address somebody asks for. */
function kindOf({ raw, method }: FastifyRequest): string {
  switch (PATH.exec((raw.url ?? '').split('?', 1)[0] ?? '')?.[1]) {
    case 'trpc':
      return 'call';
    case 'snapshots':
      return 'snapshot';
    case 'photos':
      return method === 'PUT' ? 'photo up' : 'photo down';
    case 'healthz':
    case 'readyz':
      return 'health';
    default:
      return 'other';
  }
}

function lengthOf(header: unknown): number {
  const length = Number(header ?? 0);
  return Number.isSafeInteger(length) && length > 0 ? length : 0;
}
