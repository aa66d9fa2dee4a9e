import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, bodyOf, sendOn } from './faulty-proxy.ts';

/** While all are down or starting; then the caller hears of it. */
const TRIES_MAX = 20;
const TRY_AGAIN_MS = 150;

export interface Balancer extends AsyncDisposable {
  url: string;
  /** Addresses that are believed to answer. */
  targets: readonly string[];
}

/**
 * What stands before several server processes: it asks them in turn, and when one breaks off before it has answered, the
 * next one. That is sound for this protocol, in which any call may be made twice.
 */
export async function startBalancer(): Promise<Balancer> {
  const agent = new Agent({ keepAlive: false });
  let turn = 0;
  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => outgoing.destroy());
  });
  const balancer: Balancer = {
    url: '',
    targets: [],
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
      agent.destroy();
      await once(server, 'close');
    },
  };
  const answerOf = async (incoming: IncomingMessage, body: Buffer): Promise<Answer> => {
    for (let tries = 1; ; tries++) {
      const target = balancer.targets[turn++ % Math.max(1, balancer.targets.length)];
      try {
        if (target === undefined) throw new Error('no server is up');
        return await sendOn(`${target}${incoming.url}`, incoming, { body, agent });
      } catch (error) {
        if (tries === TRIES_MAX) throw error;
        await sleep(TRY_AGAIN_MS);
      }
    }
  };
  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const { status, headers, body } = await answerOf(incoming, await bodyOf(incoming));
    outgoing.writeHead(status, headers).end(body);
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  balancer.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return balancer;
}
