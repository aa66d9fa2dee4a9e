import type { StoreLocation } from '../../../../server/store/engine/open-engine.ts';
import { IS_POSTGRES, testLocation } from '../../../support/test-store.ts';
import { ServerCluster } from './server-cluster.ts';
import { SingleServer } from './single-server.ts';

/** The real server, as one process or several, on data that outlive it. */
export interface HostileServer extends AsyncDisposable {
  readonly location: StoreLocation;
  /** Where laptops reach it while it runs. */
  url: string;
  readonly running: boolean;
  start: () => Promise<void>;
  stop: () => Promise<void>;
  /** As a power cut would. */
  kill: () => Promise<void>;
}

/** On SQLite one process; on PostgreSQL several behind a balancer, of which one after the other is killed. */
export async function newHostileServer(folder: string): Promise<HostileServer> {
  const location = await testLocation(folder);
  return IS_POSTGRES ? ServerCluster.on(location) : new SingleServer(location);
}
