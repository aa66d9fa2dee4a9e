import { once } from 'node:events';
import {
  Agent,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** One call of a laptop, in the hands of the network. */
export interface Exchange {
  /** The procedure, as `sync.push`; else the path. */
  procedure: string;
  /** What was sent, not compressed. */
  body: Buffer;
  /** Hands the call to the server, as often as one likes, and gives what it answered. */
  forward: () => Promise<Answer>;
  reply: (answer: Answer) => void;
  /** Hands the server so many bytes of what was sent, then ends both connections. */
  forwardPart: (bytes: number) => Promise<void>;
  /** Ends the laptop's connection without an answer. */
  cut: () => void;
  /** Sends half of the answer, then ends the connection. */
  cutHalfWay: (answer: Answer) => void;
}

/** What the network does to one call. */
export type Fault = (exchange: Exchange) => Promise<void> | void;

export interface FaultyProxy extends AsyncDisposable {
  url: string;
  /** Where calls go; another one after the server was started anew. */
  target: string;
  /** Asked for every call; null passes it on as it is. */
  script: (procedure: string, body: Buffer) => Fault | null;
  /** Every call so far, by procedure. */
  calls: string[];
  heal: () => void;
}

/** The network between a laptop and its server, on this machine: whatever can go wrong there goes wrong when told to. */
export async function startFaultyProxy(target: string): Promise<FaultyProxy> {
  const agent = new Agent({ keepAlive: false });
  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => outgoing.destroy());
  });
  const proxy: FaultyProxy = {
    url: '',
    target,
    script: () => null,
    calls: [],
    heal: () => {
      proxy.script = () => null;
    },
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
      agent.destroy();
      await once(server, 'close');
    },
  };
  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const body = await bodyOf(incoming);
    const procedure = /^\/trpc\/([\w.]+)/.exec(incoming.url ?? '')?.[1] ?? incoming.url ?? '';
    proxy.calls.push(procedure);
    const reply = (answer: Answer): void => {
      outgoing.writeHead(answer.status, answer.headers).end(answer.body);
    };
    const forward = (): Promise<Answer> =>
      sendOn(`${proxy.target}${incoming.url}`, incoming, { body, agent });
    const cut = (): void => void outgoing.destroy();
    const forwardPart = async (bytes: number): Promise<void> => {
      await sendPart(`${proxy.target}${incoming.url}`, incoming, { body, bytes });
      cut();
    };
    const cutHalfWay = ({ status, headers, body: whole }: Answer): void => {
      outgoing.writeHead(status, { ...headers, 'content-length': whole.length });
      outgoing.write(whole.subarray(0, whole.length >> 1), cut);
    };
    const fault = proxy.script(procedure, body) ?? pass;
    await fault({ procedure, body, forward, reply, forwardPart, cut, cutHalfWay });
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return proxy;
}

const pass: Fault = async ({ forward, reply }) => reply(await forward());

/** The server did it, and nobody hears of it. */
export const loseAnswer: Fault = async ({ forward, cut }) => {
  await forward();
  cut();
};

/** The server gets it twice at the same time. */
export const double: Fault = async ({ forward, reply }) => {
  const [first] = await Promise.all([forward(), forward()]);
  reply(first);
};

/** The server gets it once more, after it has answered. */
export const repeat: Fault = async ({ forward, reply }) => {
  await forward();
  reply(await forward());
};

export const cutAnswer: Fault = async ({ forward, cutHalfWay }) => cutHalfWay(await forward());

export const loseRequest: Fault = ({ cut }) => cut();

export function slow(ms: number): Fault {
  return async ({ forward, reply }) => {
    await sleep(ms);
    reply(await forward());
  };
}

/** Something between laptop and server answers in its place. */
export function answerWith(
  status: number,
  { headers = {}, body = '' }: { headers?: IncomingHttpHeaders; body?: string } = {},
): Fault {
  return ({ reply }) => reply({ status, headers, body: Buffer.from(body) });
}

export const captivePortal: Fault = answerWith(200, {
  headers: { 'content-type': 'text/html' },
  body: '<!doctype html><title>Guest network</title><form action="/sign-in">Room number</form>',
});

/** The fault for the first calls of a procedure, then none. */
export function firstCalls(procedure: string, fault: Fault, times = 1): FaultyProxy['script'] {
  let left = times;
  return (called) => (called === procedure && left-- > 0 ? fault : null);
}

export async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of message) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** Hands a call on as it is. Rejects if the connection breaks before the whole answer is there. */
export async function sendOn(
  url: string,
  { method, headers }: IncomingMessage,
  { body, agent }: { body: Buffer; agent: Agent },
): Promise<Answer> {
  const outgoing = request(url, {
    method,
    agent,
    headers: { ...ownHeaders(headers), host: new URL(url).host, 'content-length': body.length },
  });
  outgoing.end(body);
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  const whole = await bodyOf(incoming);
  return { status: incoming.statusCode ?? 0, headers: ownHeaders(incoming.headers), body: whole };
}

/** Gives the server the time to keep what has come before its connection breaks. */
const KEEP_MS = 50;

async function sendPart(
  url: string,
  { method, headers }: IncomingMessage,
  { body, bytes }: { body: Buffer; bytes: number },
): Promise<void> {
  const outgoing = request(url, {
    method,
    headers: { ...ownHeaders(headers), host: new URL(url).host, 'content-length': body.length },
  });
  outgoing.on('error', () => undefined);
  await new Promise((resolve) => void outgoing.write(body.subarray(0, bytes), resolve));
  await sleep(KEEP_MS);
  outgoing.destroy();
}

/** Without those that are about one connection only. */
function ownHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const own = { ...headers };
  delete own['transfer-encoding'];
  delete own.connection;
  return own;
}
