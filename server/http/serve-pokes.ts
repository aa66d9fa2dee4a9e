import {
  fastifyRequestHandler,
  type FastifyTRPCPluginOptions,
} from '@trpc/server/adapters/fastify';
import type { FastifyInstance } from 'fastify';
import type { ServerRouter } from '../router.ts';

/** A line ends by itself long before. */
const HANDLER_TIMEOUT_MS = 60 * 60_000;

/**
 * The address of `sync.poke`, beside those of all other procedures: its answers stay open for minutes, so the time limit of
 * other work is not for them.
 */
export function servePokes(
  routes: FastifyInstance,
  trpcOptions: FastifyTRPCPluginOptions<ServerRouter>['trpcOptions'],
): void {
  void routes.register(async (lines) => {
    // As on tRPC's own addresses: tRPC reads the text itself.
    lines.removeContentTypeParser('application/json');
    lines.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
      done(null, body),
    );
    lines.route({
      method: ['GET', 'POST'],
      url: '/trpc/sync.poke',
      handlerTimeout: HANDLER_TIMEOUT_MS,
      handler: async (req, res) => {
        await fastifyRequestHandler({ ...trpcOptions, req, res, path: 'sync.poke' });
        return res;
      },
    });
  });
}
