import type {
  SnapshotInput,
  SnapshotManifest,
  SnapshotOutput,
} from '../../shared/sync/snapshot.ts';
import { maySee } from '../auth/actor.ts';
import type { Scope } from '../../shared/sync/scope.ts';
import { admit, type Asker } from './admission.ts';

/** Where snapshots come from; null for a server that makes none. */
export type SnapshotOffers = {
  offer: (scope: Scope, fingerprint: string) => Promise<SnapshotManifest | null>;
} | null;

/** The newest snapshot that a laptop with these tables can use. */
export async function snapshot(
  { store, actor, snapshots }: Asker & { snapshots: SnapshotOffers },
  input: SnapshotInput,
): Promise<SnapshotOutput> {
  admit(store, input);
  const { scope, fingerprint } = input;
  // As for a scope that has none, and so as for one that does not exist.
  const offers = maySee(actor, scope) ? snapshots : null;
  const manifest = (await offers?.offer(scope, fingerprint)) ?? null;
  return { serverId: store.serverId, manifest };
}
