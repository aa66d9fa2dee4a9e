import { addPerson } from '../../server/auth/people.ts';
import { createTenantAuth, type TenantAuth } from '../../server/auth/tenant-auth.ts';
import { type RunningServer, startServer } from '../../server/start-server.ts';
import { commitChanges } from '../../server/sync/scope-commit.ts';
import type { Role } from '../../shared/sync/auth-protocol.ts';
import { addSite, PASSWORD, QUICK_HASHER } from './auth-trial.ts';
import { productRow } from './server-rows.ts';

export { PASSWORD };

export interface PeopledServer {
  server: RunningServer;
  /** For what an administrator does beside the server. */
  auth: TenantAuth;
  sites: { north: string; south: string };
  add: (login: string, role: Role, sites: readonly string[]) => Promise<string>;
}

/** A real server with two sites, on which people sign in. With nobody, it is open. */
export async function startPeopledServer(
  dataDir: string,
  options: { port?: number | undefined } = {},
): Promise<PeopledServer> {
  const server = await startServer({ dataDir, port: options.port ?? 0 });
  const { store } = server;
  await commitChanges(store, (tx) => tx.insert('product', [productRow(1), productRow(2)]));
  const sites = { north: await addSite(store, 'NORTH'), south: await addSite(store, 'SOUTH') };
  const auth = createTenantAuth({
    store,
    now: Date.now,
    passwords: QUICK_HASHER,
    wait: async () => undefined,
  });
  return {
    server,
    auth,
    sites,
    add: async (login, role, ids) => {
      const input = { name: `Person ${login}`, login, password: PASSWORD, role, sites: [...ids] };
      return (await addPerson(auth, input)).id;
    },
  };
}
