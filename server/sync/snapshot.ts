import type {
  SnapshotInput,
  SnapshotManifest,
  SnapshotOutput,
} from '../../shared/sync/snapshot.ts';
import type { Scope } from '../../shared/sync/scope.ts';
import type { ServerStore } from '../store/open-store.ts';
import { admit } from './admission.ts';

/** Where snapshots come from; null for a server that makes none. */
export type SnapshotOffers = {
  offer: (scope: Scope, fingerprint: string) => Promise<SnapshotManifest | null>;
} | null;

/** The newest snapshot that a laptop with these tables can use. */
export async function snapshot(
  { store, snapshots }: { store: ServerStore; snapshots: SnapshotOffers },
  input: SnapshotInput,
): Promise<SnapshotOutput> {
  admit(store, input);
  const manifest = (await snapshots?.offer(input.scope, input.fingerprint)) ?? null;
  return { serverId: store.serverId, manifest };
}
