import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, zstdDecompress } from 'node:zlib';
import { Agent, type Dispatcher, errors, request } from 'undici';
import { fromWireError, TallymanError, type WireError } from '../../shared/errors.ts';
import type { Access } from './access.ts';
import { asksForSignIn } from '../../shared/sync/sign-in-challenge.ts';
import { type HttpAnswer, httpFailure } from './http-failure.ts';
import { answerWithRequestId, REQUEST_ID_HEADER, withRequestId } from './request-id.ts';

/** A page of 10,000 rows is about 2 MB of JSON; an answer far beyond it is no answer of ours. */
const ANSWER_BYTES_MAX = 64 * 1024 * 1024;
const KEEP_ALIVE_MS = 30_000;
const UNAUTHORIZED = 401;

/** How long one call may keep a run waiting. A sync is many calls, and each has all of this to itself. */
export interface CallTimeouts {
  connectMs: number;
  /** From the request to the first byte of the answer: pages take milliseconds, a repair's digests a second. */
  answerMs: number;
  /** Between two pieces of an answer. */
  pieceMs: number;
}

const CALL_TIMEOUTS: CallTimeouts = { connectMs: 5_000, answerMs: 20_000, pieceMs: 20_000 };

export interface ServerFetch {
  /** What tRPC's link needs of `fetch`. */
  fetch: (
    url: string | URL | Request,
    init?: RequestInit,
  ) => Promise<Pick<Response, 'json' | 'ok' | 'status'>>;
  /** A file's bytes from one on, as they come. Failures are TallymanErrors. */
  stream: (url: string, options: StreamOptions) => AsyncIterable<Uint8Array>;
  /** Server-sent events, as they come, until the server ends them. Failures are TallymanErrors. */
  listen: (url: string, options: ListenOptions) => AsyncIterable<Uint8Array>;
  /** Bytes to the server; its answer as JSON. Failures are TallymanErrors. */
  put: (url: string, options: PutOptions) => Promise<unknown>;
  bytesReceived: () => number;
  close: () => Promise<void>;
}

export interface PutOptions {
  body: Uint8Array;
  headers: Readonly<Record<string, string>>;
  /** From the first byte sent to the first of the answer: a slow line needs most of it for what is sent. */
  answerMs: number;
  signal: AbortSignal;
}

export interface StreamOptions {
  from: number;
  signal: AbortSignal;
}

const inflate = {
  gzip: promisify(gunzip),
  zstd: promisify(zstdDecompress),
};

export interface ListenOptions {
  /** Sent as JSON. */
  body: unknown;
  /** A line on which nothing comes for so long is dead. */
  silenceMs: number;
  signal: AbortSignal;
}

/**
 * HTTP for the sync worker. Not the global `fetch`, because that hides how many bytes came over the wire, which is what
 * the progress shows and the benchmarks hold us to. Decompression happens in the thread pool.
 */
export function createServerFetch(
  timeouts: CallTimeouts = CALL_TIMEOUTS,
  access: Access | null = null,
): ServerFetch {
  const agent = new Agent({
    connect: { timeout: timeouts.connectMs },
    headersTimeout: timeouts.answerMs,
    bodyTimeout: timeouts.pieceMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connections: 2,
  });
  let bytesReceived = 0;
  return {
    bytesReceived: () => bytesReceived,
    close: () => agent.close(),
    stream: (url, options) =>
      streamed(url, { ...options, agent, access, count: (bytes) => (bytesReceived += bytes) }),
    listen: (url, options) => listened(url, { ...options, agent, access }),
    put: (url, options) => putBytes(url, { ...options, agent, access }),
    fetch: async (url, init) => {
      const target = url instanceof Request ? url.url : String(url);
      const requestId = randomUUID();
      try {
        const answer = await sendAs(
          { access, requestId },
          init?.signal ?? undefined,
          (authorization) =>
            request(target, {
              dispatcher: agent,
              method: (init?.method ?? 'GET') as 'GET' | 'POST',
              headers: {
                ...(init?.headers as Record<string, string> | undefined),
                'accept-encoding': 'zstd, gzip',
                ...authorization,
              },
              ...(init?.body ? { body: init.body as string } : {}),
              ...(init?.signal ? { signal: init.signal } : {}),
            }),
        );
        const body = await collect(answer.body);
        bytesReceived += body.length + headerBytes(answer.headers);
        const text = await decoded(body, answer.headers['content-encoding']);
        const status = answer.statusCode;
        const content = answerWithRequestId(parsed(text), requestId);
        const { origin } = new URL(target);
        const failure = httpFailure({ status, headers: answer.headers, body: content, origin });
        if (failure) throw failure;
        return { ok: status >= 200 && status < 300, status, json: async () => content };
      } catch (error) {
        throw withRequestId(networkError(error, target), requestId);
      }
    },
  };
}

/** Sends in the name of whoever uses the laptop. A token that the server does not take any more is renewed once. */
async function sendAs(
  { access, requestId }: { access: Access | null; requestId: string },
  signal: AbortSignal | undefined,
  send: (headers: Record<string, string>) => Promise<Dispatcher.ResponseData>,
): Promise<Dispatcher.ResponseData> {
  const id = { [REQUEST_ID_HEADER]: requestId };
  if (!access) return send(id);
  const authorization = await access.headers(signal);
  const answer = await send({ ...id, ...authorization });
  // A proxy or the page of a guest network may say 401 too, and must not sign anybody out.
  if (answer.statusCode !== UNAUTHORIZED || !asksForSignIn(answer.headers)) return answer;
  await answer.body.dump();
  return send({ ...id, ...(await access.headersAfter(authorization, signal)) });
}

function streamFailure(answer: HttpAnswer): TallymanError {
  const { error } = (answer.body ?? {}) as { error?: { data?: { wire?: WireError } } };
  return (
    httpFailure(answer) ??
    (error?.data?.wire
      ? fromWireError(error.data.wire)
      : new TallymanError('SERVER_ERROR', `The server answered with ${answer.status}.`))
  );
}

async function putBytes(
  url: string,
  { body, headers, answerMs, signal, agent, access }: PutOptions & ConnectedAs,
): Promise<unknown> {
  const requestId = randomUUID();
  try {
    const answer = await sendAs({ access, requestId }, signal, (authorization) =>
      request(url, {
        dispatcher: agent,
        method: 'PUT',
        body,
        headers: { ...headers, ...authorization },
        headersTimeout: answerMs,
        signal,
      }),
    );
    const content = parsed((await collect(answer.body)).toString('utf8'));
    const status = answer.statusCode;
    if (status === 200) return content;
    const { origin } = new URL(url);
    throw streamFailure({ status, headers: answer.headers, body: content, origin });
  } catch (error) {
    throw withRequestId(unlessAborted(error, { url, signal }), requestId);
  }
}

async function* streamed(
  url: string,
  options: StreamOptions & {
    agent: Agent;
    access: Access | null;
    count: (bytes: number) => void;
  },
): AsyncGenerator<Uint8Array, void, void> {
  const { from, signal, agent, access, count } = options;
  const requestId = randomUUID();
  try {
    const range = `bytes=${from}-`;
    const answer = await sendAs({ access, requestId }, signal, (authorization) =>
      request(url, { dispatcher: agent, headers: { range, ...authorization }, signal }),
    );
    const status = answer.statusCode;
    if (status !== 200 && status !== 206) {
      const body = parsed((await collect(answer.body)).toString('utf8'));
      throw streamFailure({ status, headers: answer.headers, body, origin: new URL(url).origin });
    }
    // Some proxies know no ranges and send the file from its beginning.
    let skip = status === 206 ? 0 : from;
    for await (const piece of answer.body as AsyncIterable<Buffer>) {
      count(piece.length);
      if (skip < piece.length) yield piece.subarray(skip);
      skip = Math.max(0, skip - piece.length);
    }
  } catch (error) {
    throw withRequestId(unlessAborted(error, { url, signal }), requestId);
  }
}

interface ConnectedAs {
  agent: Agent;
  access: Access | null;
}

const LISTEN_HEADERS = { 'content-type': 'application/json', accept: 'text/event-stream' };

async function* listened(
  url: string,
  { body, silenceMs, signal, agent, access }: ListenOptions & ConnectedAs,
): AsyncGenerator<Uint8Array, void, void> {
  const requestId = randomUUID();
  try {
    const answer = await sendAs({ access, requestId }, signal, (authorization) =>
      request(url, {
        dispatcher: agent,
        method: 'POST',
        body: JSON.stringify(body),
        headers: { ...LISTEN_HEADERS, ...authorization },
        bodyTimeout: silenceMs,
        signal,
      }),
    );
    const { statusCode: status, headers } = answer;
    if (status === 200 && isEventStream(headers['content-type'])) {
      yield* answer.body as AsyncIterable<Buffer>;
      return;
    }
    const content = parsed((await collect(answer.body)).toString('utf8'));
    throw streamFailure({ status, headers, body: content, origin: new URL(url).origin });
  } catch (error) {
    throw withRequestId(unlessAborted(error, { url, signal }), requestId);
  }
}

function isEventStream(type: string | string[] | undefined): boolean {
  return String(type).startsWith('text/event-stream');
}

function unlessAborted(
  error: unknown,
  { url, signal }: { url: string; signal: AbortSignal },
): unknown {
  if (!signal.aborted) return networkError(error, url);
  return new TallymanError('CANCELLED', 'Cancelled.', { cause: signal.reason });
}

async function collect(body: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of body) {
    size += piece.length;
    if (size > ANSWER_BYTES_MAX) throw tooLarge();
    pieces.push(piece);
  }
  return Buffer.concat(pieces, size);
}

async function decoded(body: Buffer, encoding: string | string[] | undefined): Promise<string> {
  if (encoding !== 'zstd' && encoding !== 'gzip') return body.toString('utf8');
  try {
    // The bound also stops a small body that unpacks without end.
    const plain = await inflate[encoding](body, { maxOutputLength: ANSWER_BYTES_MAX });
    return plain.toString('utf8');
  } catch (error) {
    throw (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge(error) : error;
  }
}

function tooLarge(cause?: unknown): TallymanError {
  return new TallymanError('SERVER_ERROR', 'The answer is too large.', { cause });
}

function headerBytes(headers: Record<string, string | string[] | undefined>): number {
  let bytes = 0;
  for (const [name, value] of Object.entries(headers))
    bytes += name.length + 4 + String(value).length;
  return bytes;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function networkError(error: unknown, target: string): unknown {
  if (error instanceof TallymanError) return error;
  const { origin } = new URL(target);
  if (
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError ||
    error instanceof errors.ConnectTimeoutError
  ) {
    return new TallymanError('SERVER_TIMEOUT', `The server at ${origin} does not answer in time.`, {
      cause: error,
      details: { url: origin },
    });
  }
  if ((error as Error).name === 'AbortError') return error;
  return new TallymanError('SERVER_UNREACHABLE', `The server at ${origin} cannot be reached.`, {
    cause: error,
    details: { url: origin },
  });
}
