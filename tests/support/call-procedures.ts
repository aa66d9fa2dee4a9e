import { createTenantAuth } from '../../server/auth/tenant-auth.ts';
import { serverRouter } from '../../server/router.ts';
import type { ServerStore } from '../../server/store/open-store.ts';
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts';
import { PRODUCT, SITE } from './sync-world.ts';

/** What reads, besides a sync: every list by its first and a later page. */
export async function callProcedures(store: ServerStore): Promise<void> {
  const call = serverRouter.createCaller({
    store,
    now: Date.now,
    snapshots: null,
    actor: { kind: 'open' },
    auth: createTenantAuth({ store, now: Date.now }),
    address: '127.0.0.1',
    requestId: 'test',
    reportFailure: () => undefined,
  });
  const scope = {
    protocol: PROTOCOL_VERSION,
    serverId: store.serverId,
    scope: 'catalogue' as const,
  };
  await call.sync.digests(scope);
  await call.sync.bucketRows({
    ...scope,
    entity: 'product',
    buckets: [1],
    afterId: null,
    maxRows: 5,
  });
  const { products, brands, categories, sites } = call.catalogue;
  for (const { list } of [products, brands, categories, sites]) {
    await list({});
    await list({ after: { sortKey: 'p', id: PRODUCT } });
  }
  await products.byId({ id: PRODUCT });
  for (const text of ['SKU-1', 'product 1', '4001']) await products.search({ text });
  const { audit, refused, quarantine } = call.admin;
  for (const before of [null, PRODUCT]) {
    const page = { before, limit: 50 };
    await refused.list(page);
    await quarantine.list(page);
    await audit.list(page);
    for (const by of ['person', 'device', 'action', 'subject'] as const)
      await audit.list({ ...page, find: { by, value: PRODUCT } });
  }
  await call.stock.levels.list({ productId: PRODUCT });
  await call.stock.locations.list({ siteId: SITE });
  await call.stock.movements.list({ productId: PRODUCT });
  await call.stock.movements.list({ productId: PRODUCT, beforeId: PRODUCT });
}
