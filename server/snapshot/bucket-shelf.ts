import type { IncomingMessage } from 'node:http';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { type SnapshotManifest, snapshotManifestField } from '../../shared/sync/snapshot.ts';
import type { StoreLocation } from '../store/engine/open-engine.ts';
import type { Bucket } from './bucket.ts';
import { newestFirst, type SnapshotAnswer, SnapshotShelf } from './snapshot-shelf.ts';

/** Laptops that ask at once are answered by one look. */
const LIST_FRESH_MS = 5_000;
/** Longer than any upload: what nobody names by then was left by a process that was killed. */
const LEFTOVER_AGE_MS = 2 * 60 * 60 * 1_000;
const MANIFEST_NAME = /^[0-9a-f]{64}\.json$/;
const PACKED_NAME = /^([0-9a-f]{64})\.zst$/;
/** The one form that laptops send. */
const RANGE = /^bytes=\d{1,15}-\d{0,15}$/;

/**
 * The shelf in a bucket, for servers that share no folder. They build in a folder of their own and upload, the manifest last.
 * Bytes go through the server, not by a signed address of the bucket: whoever downloads is asked who he is each time, laptops need
 * no way to the bucket, and no address that opens it can end in a log.
 */
export class BucketShelf extends SnapshotShelf {
  readonly #bucket: Bucket;
  readonly #now: () => number;
  #known: ReadonlyMap<string, SnapshotManifest> = new Map();
  #listing: Promise<readonly SnapshotManifest[]> | null = null;
  #listedAt = -Infinity;

  constructor(location: StoreLocation, { bucket, now }: { bucket: Bucket; now: () => number }) {
    super(location.dataDir, location);
    this.#bucket = bucket;
    this.#now = now;
  }

  override list(): Promise<readonly SnapshotManifest[]> {
    if (this.#listing === null || Math.abs(this.#now() - this.#listedAt) >= LIST_FRESH_MS) {
      this.#listedAt = this.#now();
      const listing = this.#listAnew();
      this.#listing = listing;
      listing.catch(() => {
        if (this.#listing === listing) this.#listing = null;
      });
    }
    return this.#listing;
  }

  override async publish(packed: string, manifest: SnapshotManifest): Promise<void> {
    await this.#bucket.putFile(`${manifest.hash}.zst`, packed);
    await this.#bucket.putText(`${manifest.hash}.json`, JSON.stringify(manifest));
    this.#listing = null;
    await rm(packed, { force: true });
  }

  override async remove(hash: string): Promise<void> {
    await this.#bucket.remove(`${hash}.json`);
    await this.#bucket.remove(`${hash}.zst`);
    this.#listing = null;
  }

  override async removeLeftovers(kept: string): Promise<void> {
    await super.removeLeftovers(kept);
    const objects = await this.#bucket.list();
    const names = new Set(objects.map(({ name }) => name));
    for (const { name, changedAt } of objects) {
      const hash = PACKED_NAME.exec(name)?.[1];
      const isLeft = hash !== undefined && !names.has(`${hash}.json`);
      if (isLeft && this.#now() - changedAt > LEFTOVER_AGE_MS) await this.#bucket.remove(name);
    }
  }

  override async open({ headers }: IncomingMessage, hash: string): Promise<SnapshotAnswer> {
    const range = RANGE.test(headers.range ?? '') ? headers.range : undefined;
    const given = new AbortController();
    const response = await this.#bucket.read(`${hash}.zst`, range, given.signal);
    const { status, body } = response;
    if (body === null || (status !== 200 && status !== 206)) {
      await body?.cancel();
      // What the store may not tell or does not have is not there; that of its failures is left to the next try.
      const statusCode = status === 416 || status >= 500 ? status : 404;
      return { statusCode, headers: headersOf(response), stream: Readable.from([]) };
    }
    const stream = Readable.fromWeb(body);
    stream.once('close', () => given.abort());
    return { statusCode: status, headers: headersOf(response), stream };
  }

  async #listAnew(): Promise<readonly SnapshotManifest[]> {
    const known = new Map<string, SnapshotManifest>();
    for (const { name } of await this.#bucket.list()) {
      if (!MANIFEST_NAME.test(name)) continue;
      const manifest = this.#known.get(name) ?? (await this.#readManifest(name));
      if (manifest !== null) known.set(name, manifest);
    }
    this.#known = known;
    return newestFirst([...known.values()]);
  }

  /** Null if it is of another version of the server, damaged, or gone since the bucket was listed. */
  async #readManifest(name: string): Promise<SnapshotManifest | null> {
    const text = await this.#bucket.text(name);
    try {
      return snapshotManifestField.parse(JSON.parse(text ?? 'null'));
    } catch {
      return null;
    }
  }
}

/** Those of the store that speak of bytes; what else it says is nobody's business. */
function headersOf({ headers }: Response): Record<string, string> {
  const names = ['content-length', 'content-range', 'accept-ranges', 'etag', 'last-modified'];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
}
