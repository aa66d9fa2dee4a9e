import { replicaSchema } from '../../../shared/replica/replica-schema.ts';
import { PROTOCOL_VERSION } from '../../../shared/sync/protocol.ts';
import { type Scope, scopeKindOf } from '../../../shared/sync/scope.ts';
import { type SnapshotManifest, snapshotManifestField } from '../../../shared/sync/snapshot.ts';
import type { RunContext } from '../run-context.ts';

/** What the server's newest snapshot of a scope is; null if it has none that this app could open. */
export async function usableSnapshot(
  { server, work, signal }: RunContext,
  scope: Scope,
): Promise<SnapshotManifest | null> {
  const { fingerprint } = replicaSchema(scopeKindOf(scope));
  const { manifest } = await server.snapshot(
    { protocol: PROTOCOL_VERSION, serverId: work.trustedServer(), scope, fingerprint },
    signal,
  );
  // From outside, and it decides what is written to the disk.
  const { data } = snapshotManifestField.safeParse(manifest);
  if (data?.scope !== scope || data.fingerprint !== fingerprint) return null;
  const plainBytes = data.chunks.reduce((sum, chunk) => sum + chunk.plainBytes, 0);
  return plainBytes === data.plainBytes ? data : null;
}
