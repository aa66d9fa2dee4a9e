import type { FastifyRequest } from 'fastify';

/** Answered by a few fields of memory, and by all means: whoever watches a server has to see that it lives. */
const HEALTH = /^(?:\/o\/[^/]+)?\/(?:healthz|readyz)$/;
/** Stays open for as long as a laptop wants to hear news. */
const STREAM = /^(?:\/o\/[^/]+)?\/trpc\/sync\.poke$/;
const CALLS = /^(?:\/o\/[^/]+)?\/trpc\/(.*)$/;

export type RequestKind = 'health' | 'stream' | 'work';

export function kindOf(request: FastifyRequest): RequestKind {
  const path = pathOf(request);
  if (HEALTH.test(path)) return 'health';
  return STREAM.test(path) ? 'stream' : 'work';
}

/** Of an address, without what is asked for. */
export function pathOf({ raw }: Pick<FastifyRequest, 'raw'>): string {
  return (raw.url ?? '').split('?', 1)[0] ?? '';
}

/** How many calls it is: a batch has as many as its path has names. Everything but a call of a procedure counts as one. */
export function callsIn(request: FastifyRequest): number {
  const names = CALLS.exec(pathOf(request))?.[1];
  return names === undefined ? 1 : names.split(/,|%2c/i).length;
}

export function isCall(request: FastifyRequest): boolean {
  return CALLS.test(pathOf(request));
}

export function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
