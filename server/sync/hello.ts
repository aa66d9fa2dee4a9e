import { maySee } from '../auth/actor.ts';
import {
  type HelloInput,
  type HelloOutput,
  PROTOCOL_VERSION,
  PROTOCOL_VERSION_OLDEST,
} from '../../shared/sync/protocol.ts';
import { CATALOGUE_SCOPE, siteScope } from '../../shared/sync/scope.ts';
import { admit, type Asker } from './admission.ts';

/** Who this server is, and what a laptop may follow. */
export async function hello(
  { store, actor }: Asker,
  input: HelloInput,
  now: () => number,
): Promise<HelloOutput> {
  admit(store, input);
  const { sites, scopes } = await store.reader.transaction().execute(async (db) => ({
    sites: await db
      .selectFrom('site')
      .select(['id', 'code', 'name'])
      .orderBy('sort_key')
      .orderBy('id')
      .execute(),
    scopes: await db.selectFrom('sync_scope').select(['scope', 'row_count']).execute(),
  }));
  const visible = sites.filter(({ id }) => maySee(actor, siteScope(id)));
  const rowsOf = new Map(scopes.map(({ scope, row_count }) => [scope, row_count]));
  return {
    serverId: store.serverId,
    serverName: store.serverName,
    protocol: PROTOCOL_VERSION,
    protocolOldest: PROTOCOL_VERSION_OLDEST,
    serverTime: now(),
    scopes: [
      {
        scope: CATALOGUE_SCOPE,
        siteCode: null,
        name: 'Catalogue',
        rows: rowsOf.get(CATALOGUE_SCOPE) ?? 0,
      },
      ...visible.map(({ id, code, name }) => ({
        scope: siteScope(id),
        siteCode: code,
        name,
        rows: rowsOf.get(siteScope(id)) ?? 0,
      })),
    ],
  };
}
