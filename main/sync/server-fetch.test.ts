import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TallymanError } from '../../shared/errors.ts';
import { createTrpcSyncServer } from './trpc-sync-server.ts';

interface Answer {
  status: number;
  body?: string | undefined;
  headers?: Record<string, string> | undefined;
}

const PORTAL = '<!doctype html><title>Welcome to the airport</title>';

let http: Server;
let answer: Answer;
let server: ReturnType<typeof createTrpcSyncServer>;
beforeEach(async () => {
  http = createServer((request, response) => {
    request.resume();
    response.writeHead(answer.status, answer.headers).end(answer.body ?? '');
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  server = createTrpcSyncServer(`http://127.0.0.1:${(http.address() as AddressInfo).port}`);
});
afterEach(async () => {
  await server.close();
  http.closeAllConnections();
  await new Promise((resolve) => http.close(resolve));
});

async function failure(given: Answer): Promise<TallymanError> {
  answer = given;
  return server
    .digests(
      { protocol: 2, serverId: null, scope: 'catalogue' } as never,
      AbortSignal.timeout(20_000),
    )
    .then(
      () => {
        throw new Error('the call succeeded');
      },
      (error: unknown) => error as TallymanError,
    );
}

/** As our server refuses. */
const ours = (code: string): string =>
  JSON.stringify({
    error: { code: -32_603, message: 'no', data: { wire: { code, message: 'no', details: {} } } },
  });

test.each<[string, Answer, string, boolean]>([
  ['401 of a proxy', { status: 401, body: PORTAL }, 'UNAUTHORIZED', false],
  ['401 of ours', { status: 401, body: ours('UNAUTHORIZED') }, 'UNAUTHORIZED', false],
  ['403', { status: 403, body: '{"message":"no"}' }, 'FORBIDDEN', false],
  [
    '413 as Fastify says it',
    { status: 413, body: '{"statusCode":413,"error":"Payload Too Large","message":"large"}' },
    'TOO_LARGE',
    false,
  ],
  ['429', { status: 429, body: PORTAL }, 'SERVER_BUSY', true],
  ['503', { status: 503 }, 'SERVER_BUSY', true],
  ['500 of a proxy', { status: 500, body: PORTAL }, 'SERVER_ERROR', true],
  ['502', { status: 502, body: PORTAL }, 'SERVER_ERROR', true],
  ['500 with JSON that is not ours', { status: 500, body: '{}' }, 'SERVER_ERROR', true],
  ['a captive portal that says 200', { status: 200, body: PORTAL }, 'NOT_TALLYMAN', false],
  [
    'a captive portal that redirects',
    { status: 302, headers: { location: 'http://127.0.0.1:9/' } },
    'NOT_TALLYMAN',
    false,
  ],
  ['a network that wants a sign-in', { status: 511, body: PORTAL }, 'NOT_TALLYMAN', false],
  ['another program with JSON', { status: 200, body: '{"hello":1}' }, 'NOT_TALLYMAN', false],
  ['a page that is not there', { status: 404, body: PORTAL }, 'NOT_TALLYMAN', false],
  ['our own word', { status: 412, body: ours('SERVER_REPLACED') }, 'SERVER_REPLACED', false],
])('%s', async (_, given, code, retryable) => {
  const error = await failure(given);
  expect([error.code, error.retryable]).toEqual([code, retryable]);
  expect(error.message).not.toMatch(/\n|\.ts|undici|JSON/);
});

test.each<[string, Answer, number | undefined]>([
  ['seconds', { status: 429, headers: { 'retry-after': '7' } }, 7_000],
  [
    'seconds of our own server',
    { status: 503, body: ours('SERVER_BUSY'), headers: { 'retry-after': '2' } },
    2_000,
  ],
  [
    'a moment, held against the clock of who sent it',
    {
      status: 503,
      headers: {
        date: 'Wed, 21 Oct 2015 07:28:00 GMT',
        'retry-after': 'Wed, 21 Oct 2015 07:28:30 GMT',
      },
    },
    30_000,
  ],
  ['years', { status: 503, headers: { 'retry-after': '999999999' } }, 900_000],
  ['nonsense', { status: 503, headers: { 'retry-after': 'soon' } }, undefined],
  ['nothing', { status: 503 }, undefined],
  ['seconds with another failure', { status: 500, headers: { 'retry-after': '7' } }, undefined],
])('a busy server that asks to be left alone for %s', async (_, given, expected) => {
  const error = await failure(given);
  expect(error.details['retryAfterMs']).toBe(expected);
});

test('a server that is gone is unreachable', async () => {
  await new Promise((resolve) => {
    http.closeAllConnections();
    http.close(resolve);
  });
  const error = await failure({ status: 200 });
  expect([error.code, error.retryable]).toEqual(['SERVER_UNREACHABLE', true]);
});

test('a call that is given up is cancelled and not retried', async () => {
  answer = { status: 200 };
  const call = server.digests({} as never, AbortSignal.abort());
  await expect(call).rejects.toMatchObject({ code: 'CANCELLED', retryable: false });
});
