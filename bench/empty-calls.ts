import { createTRPCClient, httpLink } from '@trpc/client';
import { createServerFetch } from '../main/sync/server-fetch.ts';
import type { ServerRouter } from '../server/router.ts';
import { PROTOCOL_VERSION } from '../shared/sync/protocol.ts';
import { repeated } from './repeated.ts';

/** The smallest procedure of the server through the laptop's own HTTP client: what one round trip costs here. */
export async function timeEmptyCalls(serverUrl: string): Promise<number[]> {
  const http = createServerFetch();
  const client = createTRPCClient<ServerRouter>({
    links: [
      httpLink({ url: `${serverUrl}/trpc`, fetch: http.fetch as never, methodOverride: 'POST' }),
    ],
  });
  try {
    return await repeated(() =>
      client.sync.hello.query({ protocol: PROTOCOL_VERSION, serverId: null }),
    );
  } finally {
    await http.close();
  }
}
