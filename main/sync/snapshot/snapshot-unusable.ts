/** What the server offers as a snapshot is none, or comes too slowly. Nothing is lost: the same rows come by pages. */
export class SnapshotUnusable extends Error {
  override readonly name = 'SnapshotUnusable';
}
