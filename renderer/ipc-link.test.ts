import { createTRPCClient, TRPCClientError } from '@trpc/client';
import { expect, it } from 'vitest';
import type { DesktopRouter } from '../main/app/desktop-router.ts';
import type { TallymanBridge } from '../shared/desktop/ipc-bridge.ts';
import type { IpcReply, IpcRequest } from '../shared/desktop/ipc-envelope.ts';
import { ipcLink } from './ipc-link.ts';
import { wireErrorOf } from './wire-error-of.ts';

/** A bridge whose other side is the test. */
function createBridge() {
  const sent: IpcRequest[] = [];
  let listener: (reply: IpcReply) => void = () => {};
  const bridge: TallymanBridge = {
    send: (request) => sent.push(request),
    onMessage: (next) => {
      listener = next;
      return () => {};
    },
  };
  const client = createTRPCClient<DesktopRouter>({ links: [ipcLink(bridge)] });
  return { client, sent, reply: (message: IpcReply) => listener(message) };
}

it('sends a query as JSON text and gives its answer, with nothing to stop afterwards', async () => {
  const { client, sent, reply } = createBridge();
  const answer = client.catalogue.product.query({ id: 'x' });
  expect(sent).toEqual([{ type: 'query', id: 1, path: 'catalogue.product', input: '{"id":"x"}' }]);
  reply({ type: 'data', id: 1, data: null });
  expect(await answer).toBeNull();
  expect(sent).toHaveLength(1);
});

it('leaves the input out where there is none, and uses each number once', async () => {
  const { client, sent, reply } = createBridge();
  const answers = [client.app.info.query(), client.sync.acceptServer.mutate()];
  expect(sent).toEqual([
    { type: 'query', id: 1, path: 'app.info' },
    { type: 'mutation', id: 2, path: 'sync.acceptServer' },
  ]);
  reply({ type: 'data', id: 2, data: undefined });
  reply({ type: 'data', id: 1, data: { version: '1' } });
  expect(await Promise.all(answers)).toEqual([{ version: '1' }, undefined]);
});

it('tells the other side to stop a query that is superseded', async () => {
  const { client, sent, reply } = createBridge();
  const abort = new AbortController();
  const answer = client.catalogue.count.query({ text: 'a' }, { signal: abort.signal });
  abort.abort();
  await expect(answer).rejects.toThrow('abort');
  expect(sent.at(-1)).toEqual({ type: 'stop', id: 1 });
  // A late answer finds nobody and harms nobody.
  reply({ type: 'data', id: 1, data: { total: 1, ms: 1 } });
});

it('gives the error with our code', async () => {
  const { client, reply } = createBridge();
  const answer = client.sync.acceptServer.mutate();
  reply({
    type: 'error',
    id: 1,
    error: {
      code: -32603,
      message: 'full',
      data: {
        code: 'INTERNAL_SERVER_ERROR',
        httpStatus: 500,
        path: 'sync.acceptServer',
        wire: { code: 'DISK_FULL', message: 'full', retryable: false, details: {} },
      },
    },
  });
  const error: unknown = await answer.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(TRPCClientError);
  expect(wireErrorOf(error).code).toBe('DISK_FULL');
  expect(wireErrorOf(new Error('what')).code).toBe('INTERNAL');
});

it('carries a subscription until it is given up', () => {
  const { client, sent, reply } = createBridge();
  const seen: unknown[] = [];
  const subscription = client.network.changes.subscribe(undefined, {
    onStarted: () => seen.push('started'),
    onData: (value) => seen.push(value.state),
  });
  reply({ type: 'started', id: 1 });
  const status = { cause: null, since: 0, serverUrl: null };
  reply({ type: 'data', id: 1, data: { ...status, state: 'online' } });
  reply({ type: 'data', id: 1, data: { ...status, state: 'offline' } });
  subscription.unsubscribe();
  reply({ type: 'data', id: 1, data: { ...status, state: 'unknown' } });
  expect(seen).toEqual(['started', 'online', 'offline']);
  expect(sent.map(({ type }) => type)).toEqual(['subscription', 'stop']);
});
