import { createHash } from 'node:crypto';
import { replicaSchema } from '../../shared/replica/replica-schema.ts';
import { CATALOGUE_SCOPE } from '../../shared/sync/scope.ts';
import type { SnapshotManifest } from '../../shared/sync/snapshot.ts';
import { idOf } from './server-rows.ts';

/** Valid in form. The hash is different for different manifests; there are no bytes behind it. */
export function madeUpManifest(change: Partial<SnapshotManifest>): SnapshotManifest {
  const rest = {
    scope: CATALOGUE_SCOPE,
    epoch: idOf(1),
    version: 1,
    fingerprint: replicaSchema('catalogue').fingerprint,
    digest: { count: 1, sum: 1 },
    bytes: 6,
    plainBytes: 10,
    builtAt: 1,
    ...change,
  } as const;
  const hash = createHash('sha256').update(JSON.stringify(rest)).digest('hex');
  return { hash, chunks: [{ bytes: 6, sha256: hash, plainBytes: 10, plainCrc32: 1 }], ...rest };
}
