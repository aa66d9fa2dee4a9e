import type { IncomingMessage } from 'node:http';
import { performance } from 'node:perf_hooks';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { EdgeLimits } from './edge-limits.ts';
import { hasBody } from './request-kind.ts';

interface Crawl {
  request: FastifyRequest;
  /** By the clock of the process. */
  since: number;
  /** Of the connection, when the request began. */
  bytesBefore: number;
}

/**
 * Hangs up on bodies that come, and answers that are taken, more slowly than any line does that is worth it: a connection
 * that gives or takes a byte now and then costs its sender nothing and this process memory. Files that are sent in streams
 * look after themselves.
 */
export function endCrawling(
  app: FastifyInstance,
  limits: Pick<EdgeLimits, 'bytesPerSecondMin' | 'crawlGraceMs' | 'sweepMs'>,
): void {
  // Of the process, so that a clock that is set ends nobody's request.
  const now = (): number => performance.now();
  const bodies = new Map<IncomingMessage, Crawl>();
  const answers = new Map<FastifyRequest, number>();

  app.addHook('onRequest', async (request) => {
    const { raw } = request;
    if (!hasBody(request)) return;
    bodies.set(raw, { request, since: now(), bytesBefore: raw.socket.bytesRead });
    const over = (): boolean => bodies.delete(raw);
    raw.once('end', over);
    raw.once('close', over);
  });
  app.addHook('onSend', async (request, reply, payload) => {
    if (!Buffer.isBuffer(payload) || reply.raw.destroyed) return payload;
    const taken = (payload.length / limits.bytesPerSecondMin) * 1_000;
    answers.set(request, now() + limits.crawlGraceMs + taken);
    reply.raw.once('close', () => answers.delete(request));
    return payload;
  });

  const sweep = (): void => {
    const time = now();
    for (const { request, since, bytesBefore } of bodies.values()) {
      const ms = time - since;
      const wanted = (ms / 1_000) * limits.bytesPerSecondMin;
      const { socket } = request.raw;
      if (ms > limits.crawlGraceMs && socket.bytesRead - bytesBefore < wanted) {
        request.log.warn('body too slow, connection ended');
        socket.destroy();
      }
    }
    for (const [request, deadline] of answers) {
      if (time <= deadline) continue;
      request.log.warn('answer taken too slowly, connection ended');
      request.raw.socket.destroy();
    }
  };
  const timer = setInterval(sweep, limits.sweepMs);
  timer.unref();
  app.addHook('onClose', async () => clearInterval(timer));
}
