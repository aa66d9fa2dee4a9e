import type { SyncServer } from '../../main/sync/sync-server.ts';
import { TallymanError } from '../../shared/errors.ts';

/** A server that has none, as a new one: laptops take pages. */
export const NO_SNAPSHOTS: Pick<SyncServer, 'snapshot' | 'snapshotBytes'> = {
  snapshot: async () => ({ serverId: '', manifest: null }),
  snapshotBytes: () => {
    throw new TallymanError('NOT_FOUND', 'There is no snapshot.');
  },
};
