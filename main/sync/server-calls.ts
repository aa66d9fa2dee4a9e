import { createTRPCUntypedClient, httpLink } from '@trpc/client';
import { coded } from './coded-call.ts';
import { createServerFetch } from './server-fetch.ts';

/** A procedure of the server that is called as it is, outside of the sync. */
export interface ServerCall {
  url: string;
  kind: 'query' | 'mutation';
  path: string;
  input: unknown;
  /** The access token of whoever asks; null for what is asked before there is one. */
  token: string | null;
}

export interface ServerCalls {
  /** Failures are TallymanErrors. */
  call: (call: ServerCall, signal: AbortSignal) => Promise<unknown>;
  close: () => Promise<void>;
}

/** Sign-ins and what administrators ask. The token is that of the one who asks, not that of the sync. */
export function createServerCalls(): ServerCalls {
  const http = createServerFetch();
  return {
    call: ({ url, kind, path, input, token }, signal) =>
      coded(async () => {
        const client = createTRPCUntypedClient({
          links: [
            httpLink({
              url: `${url}/trpc`,
              fetch: http.fetch as never,
              // Inputs are secrets, and URLs end up in logs.
              methodOverride: 'POST',
              headers: token === null ? {} : { authorization: `Bearer ${token}` },
            }),
          ],
        });
        return kind === 'query'
          ? client.query(path, input, { signal })
          : client.mutation(path, input, { signal });
      }),
    close: http.close,
  };
}
