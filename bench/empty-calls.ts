import { createTRPCClient, httpLink } from '@trpc/client';
import { createServerFetch } from '../main/sync/server-fetch.ts';
import type { ServerRouter } from '../server/router.ts';
import { PROTOCOL_VERSION } from '../shared/sync/protocol.ts';
import { repeatedInTurn } from './repeated.ts';

/** The smallest procedure of the server through the laptop's own HTTP client: what one round trip costs here. */
export function openEmptyCalls(serverUrl: string) {
  const http = createServerFetch();
  const client = createTRPCClient<ServerRouter>({
    links: [
      httpLink({ url: `${serverUrl}/trpc`, fetch: http.fetch as never, methodOverride: 'POST' }),
    ],
  });
  return {
    call: () => client.sync.hello.query({ protocol: PROTOCOL_VERSION, serverId: null }),
    close: http.close,
  };
}

/** For a measurement that has no other work to take turns with. */
export async function timeEmptyCalls(serverUrl: string): Promise<number[]> {
  const { call, close } = openEmptyCalls(serverUrl);
  try {
    return (await repeatedInTurn({ call })).call;
  } finally {
    await close();
  }
}
