import { TallymanError } from '../../../shared/errors.ts';
import { sameDigest } from '../../../shared/sync/digest.ts';
import type { SnapshotManifest } from '../../../shared/sync/snapshot.ts';
import type { Replica } from '../../store/replica.ts';
import type { FollowedScope } from '../../store/work-store.ts';
import type { RunContext } from '../run-context.ts';
import { downloadSnapshot, type SnapshotChoice } from './download-snapshot.ts';
import { PartFile } from './part-file.ts';
import { SnapshotUnusable } from './snapshot-unusable.ts';

/** Kept free beside the file, for the log of the delta that follows and for what people do meanwhile. */
const SPARE_BYTES = 128 * 1024 * 1024;
const MEGABYTE = 1_000_000;

/**
 * Downloads a snapshot beside the current file and opens it. It stands at the snapshot's version then, and nobody reads
 * it yet. Null if the server's copy turns out to be no good, or slower than pages. Throws DISK_FULL before anything is written if it cannot fit.
 */
export async function buildFromSnapshot(
  context: RunContext,
  { scope, name }: Pick<FollowedScope, 'scope' | 'name'>,
  choice: SnapshotChoice,
): Promise<Replica | null> {
  const { manifest } = choice;
  context.report.phase('receiving', name);
  context.report.rowsExpected(manifest.digest.count);
  const path = context.replicas.startDownload(scope, manifest);
  const replica = (await isDownloaded(context, choice, path)) ? opened(context, manifest) : null;
  if (replica === null) context.replicas.discard(scope, 'building');
  return replica;
}

async function isDownloaded(
  context: RunContext,
  choice: SnapshotChoice,
  path: string,
): Promise<boolean> {
  const { manifest } = choice;
  const part = await PartFile.open(path, manifest);
  try {
    assertRoom(context, manifest.plainBytes - (await part.size()));
    await downloadSnapshot(context, choice, part);
    return true;
  } catch (error) {
    if (error instanceof SnapshotUnusable) return false;
    throw error;
  } finally {
    await part.close();
  }
}

function opened({ replicas }: RunContext, manifest: SnapshotManifest): Replica | null {
  try {
    const replica = replicas.finishDownload(manifest.scope);
    const { complete, version, epoch, digest } = replica.state;
    const isWhatWasPromised =
      complete &&
      version === manifest.version &&
      epoch === manifest.epoch &&
      sameDigest(digest, manifest.digest);
    return isWhatWasPromised ? replica : null;
  } catch (error) {
    if (!(error instanceof TallymanError) || error.code !== 'STORE_DAMAGED') throw error;
    return null;
  }
}

export function hasRoomFor({ freeBytes }: RunContext, bytes: number): boolean {
  return freeBytes() >= bytes + SPARE_BYTES;
}

function assertRoom(context: RunContext, bytes: number): void {
  if (hasRoomFor(context, bytes)) return;
  const lacking = Math.ceil((bytes + SPARE_BYTES - context.freeBytes()) / MEGABYTE);
  throw new TallymanError(
    'DISK_FULL',
    `The disk is too full for the data of the server: ${lacking} MB more are needed. Free some space, then sync again.`,
    { details: { lackingMegabytes: lacking } },
  );
}
