import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client';
import type { ServerRouter } from '../../server/router.ts';
import { fromWireError, TallymanError, type WireError } from '../../shared/errors.ts';
import { type CallTimeouts, createServerFetch } from './server-fetch.ts';
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts';
import { snapshotPath } from '../../shared/sync/snapshot.ts';
import type { SyncServer } from './sync-server.ts';

export interface TrpcSyncServer extends SyncServer {
  /** What time it is there, UTC epoch milliseconds. */
  time: (signal: AbortSignal) => Promise<number>;
  close: () => Promise<void>;
}

/** The real server, over tRPC. Make one per address and close it when the address changes. */
export function createTrpcSyncServer(url: string, timeouts?: CallTimeouts): TrpcSyncServer {
  const http = createServerFetch(timeouts);
  const client = createTRPCClient<ServerRouter>({
    // POST, because cursors of many scopes would not fit a URL and do not belong into access logs.
    links: [httpLink({ url: `${url}/trpc`, fetch: http.fetch as never, methodOverride: 'POST' })],
  });
  return {
    pull: (input, signal) => coded(() => client.sync.pull.query(input, { signal })),
    push: (input, signal) => coded(() => client.sync.push.mutate(input, { signal })),
    digests: (input, signal) => coded(() => client.sync.digests.query(input, { signal })),
    bucketRows: (input, signal) => coded(() => client.sync.bucketRows.query(input, { signal })),
    snapshot: (input, signal) => coded(() => client.sync.snapshot.query(input, { signal })),
    snapshotBytes: (hash, from, signal) =>
      http.stream(`${url}${snapshotPath(hash)}`, { from, signal }),
    time: async (signal) => {
      const input = { protocol: PROTOCOL_VERSION, serverId: null };
      return (await coded(() => client.sync.hello.query(input, { signal }))).serverTime;
    },
    bytesReceived: http.bytesReceived,
    close: http.close,
  };
}

/** Turns every failure of a call into a TallymanError. */
async function coded<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw codedError(error);
  }
}

function codedError(error: unknown): unknown {
  if (!(error instanceof TRPCClientError)) return error;
  if (error.cause instanceof TallymanError) return error.cause;
  if (error.cause?.name === 'AbortError') {
    return new TallymanError('CANCELLED', 'Cancelled.', { cause: error });
  }
  const wire = (error.data as { wire?: WireError } | null | undefined)?.wire;
  if (wire) return fromWireError(wire);
  // JSON, but not an answer of tRPC: something else listens at this address.
  return new TallymanError(
    'NOT_TALLYMAN',
    'What answers at this address is not a Tallyman server.',
    {
      cause: error,
    },
  );
}
