import { createTRPCClient, httpLink } from '@trpc/client';
import type { ServerRouter } from '../../server/router.ts';
import type { Access } from './access.ts';
import { coded } from './coded-call.ts';
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
export function createTrpcSyncServer(
  url: string,
  options: { timeouts?: CallTimeouts | undefined; access?: Access | undefined } = {},
): TrpcSyncServer {
  const http = createServerFetch(options.timeouts, options.access);
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
