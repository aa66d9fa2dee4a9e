import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { TallymanError } from '../../shared/errors.ts';
import type { DesktopApp } from '../app/desktop-app.ts';
import type { RendererFiles } from '../app/renderer-files.ts';
import { LOOPBACK_ADDRESS, refusalOf } from './request-guard.ts';
import { createSession, type Session } from './session.ts';
import { serveTrpcSockets } from './trpc-sockets.ts';

const NO_SESSION =
  'Tallyman opens only through the address that its terminal shows, and each address works once. ' +
  'Press Enter there for a new one.';

export interface LoopbackServerOptions {
  app: DesktopApp;
  files: RendererFiles;
  /** 0 takes a free one. */
  port: number;
  randomText: () => string;
}

export interface LoopbackServer {
  /** An address with a new token, which works once. */
  newAddress: () => string;
  close: () => Promise<void>;
}

/** Serves the renderer and the desktop router to the person at this machine, and to no other page, site or machine. */
export async function openLoopbackServer(options: LoopbackServerOptions): Promise<LoopbackServer> {
  const session = createSession(options.randomText);
  const http = fastify({ forceCloseConnections: true });
  http.addHook('onRequest', async (request, reply) => {
    const refusal = refusalOf(request.raw, 'page');
    if (refusal !== null) await refuse(reply, 403, refusal);
  });
  http.get<{ Querystring: { token?: unknown } }>('/*', async (request, reply) => {
    const { token } = request.query;
    if (typeof token === 'string') return exchange(session, { token, request, reply });
    if (!session.isOpen(request.headers.cookie, portOf(request))) {
      return refuse(reply, 401, NO_SESSION);
    }
    const [path = '/'] = request.url.split('?');
    const answer = await options.files(path);
    return reply.code(answer.status).headers(answer.headers).send(answer.body);
  });
  const closeSockets = serveTrpcSockets(http.server, { app: options.app, session });
  const port = await listen(http, options.port);
  return {
    newAddress: () => `http://${LOOPBACK_ADDRESS}:${port}/?token=${session.newToken()}`,
    close: async () => {
      closeSockets();
      await http.close();
    },
  };
}

/** The token becomes a cookie and leaves the address bar, so that it is neither bookmarked nor seen over a shoulder. */
function exchange(
  session: Session,
  { token, request, reply }: { token: string; request: FastifyRequest; reply: FastifyReply },
): FastifyReply {
  const port = portOf(request);
  reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
  if (session.redeem(token)) reply.header('set-cookie', session.cookie(port));
  else if (!session.isOpen(request.headers.cookie, port)) return refuse(reply, 401, NO_SESSION);
  return reply.redirect('/', 303);
}

function refuse(reply: FastifyReply, status: 401 | 403, sentence: string): FastifyReply {
  return reply
    .code(status)
    .headers({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
    })
    .send(sentence);
}

function portOf(request: FastifyRequest): number {
  return request.raw.socket.localPort ?? 0;
}

async function listen(http: FastifyInstance, port: number): Promise<number> {
  try {
    await http.listen({ host: LOOPBACK_ADDRESS, port });
  } catch (error) {
    await http.close();
    throw new TallymanError(
      'BAD_INPUT',
      `Port ${port} cannot be opened on this machine: choose another one with --port.`,
      { cause: error, details: { port } },
    );
  }
  return (http.server.address() as AddressInfo).port;
}
