import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync } from 'node:fs';
import { crc32, zstdCompressSync } from 'node:zlib';
import type { SyncServer } from '../../main/sync/sync-server.ts';
import { readState } from '../../shared/replica/replica-state.ts';
import { must } from '../../shared/domain/assert.ts';
import { TallymanError } from '../../shared/errors.ts';
import type { SnapshotChunk, SnapshotManifest } from '../../shared/sync/snapshot.ts';
import { openWritable } from '../../main/store/sqlite.ts';
import type { SyncBench } from './sync-bench.ts';
import { serverWith } from './sync-world.ts';

/** Small, so that a small catalogue makes many. */
const CHUNK_BYTES = 128 * 1024;
/** What comes over a network in one piece. */
const PIECE_BYTES = 20_000;

/** A server that offers a snapshot, and a network in front of it that does what a test says. */
export class SnapshotServer {
  manifest: SnapshotManifest;
  /** From which byte each download began. */
  readonly downloads: number[] = [];
  pulls = 0;
  bytesSent = 0;
  /** Called before every piece; may throw as a broken connection does, or abort the laptop's run. */
  beforePiece: (sent: number) => void = () => undefined;
  /** What arrives in the place of a chunk's bytes. */
  alter: (bytes: Buffer) => Buffer = (bytes) => bytes;
  readonly #bytes: Buffer;
  readonly #server: SyncServer;

  /** A snapshot of what a laptop holds now, in the way of the server's own. */
  constructor(server: SyncServer, { file, change = '' }: { file: string; change?: string }) {
    this.#server = server;
    const db = openWritable(file, { durability: 'NORMAL' });
    db.exec(`UPDATE replica SET contained_device = NULL, contained_number = 0; ${change}`);
    const { scope, epoch, version, fingerprint, digest } = must(readState(db), 'where it stands');
    db.pragma('journal_mode = DELETE');
    db.close();
    const plain = readFileSync(file);
    const chunks: SnapshotChunk[] = [];
    const packed: Buffer[] = [];
    for (let from = 0; from < plain.length; from += CHUNK_BYTES) {
      const piece = plain.subarray(from, from + CHUNK_BYTES);
      const bytes = zstdCompressSync(piece);
      packed.push(bytes);
      chunks.push({
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        plainBytes: piece.length,
        plainCrc32: crc32(piece),
      });
    }
    this.#bytes = Buffer.concat(packed);
    this.manifest = {
      hash: createHash('sha256')
        .update(chunks.map(({ sha256 }) => sha256).join(''))
        .digest('hex'),
      scope,
      epoch,
      version,
      fingerprint,
      digest,
      bytes: this.#bytes.length,
      plainBytes: plain.length,
      chunks,
      builtAt: 0,
    };
  }

  /** What the laptop talks to. */
  get api(): SyncServer {
    return serverWith(this.#server, {
      pull: (input, signal) => {
        this.pulls += 1;
        return this.#server.pull(input, signal);
      },
      snapshot: async ({ scope, fingerprint }) => ({
        serverId: '',
        manifest:
          scope === this.manifest.scope && fingerprint === this.manifest.fingerprint
            ? this.manifest
            : null,
      }),
      snapshotBytes: (hash, from, signal) => this.#send(hash, from, signal),
    });
  }

  async *#send(hash: string, from: number, signal: AbortSignal) {
    if (hash !== this.manifest.hash) throw new TallymanError('NOT_FOUND', 'no such snapshot');
    this.downloads.push(from);
    const bytes = this.alter(Buffer.from(this.#bytes));
    for (let at = from; at < bytes.length; at += PIECE_BYTES) {
      this.beforePiece(this.bytesSent);
      if (signal.aborted) throw new TallymanError('CANCELLED', 'cancelled');
      const piece = bytes.subarray(at, at + PIECE_BYTES);
      this.bytesSent += piece.length;
      yield piece;
    }
  }
}

/** The file of a laptop's catalogue, copied once all of it is in the file itself. */
export function copyCatalogue(laptop: SyncBench, to: string): string {
  must(laptop.replicas.get('catalogue', 'current'), 'a catalogue').settle();
  copyFileSync(must(laptop.replicas.views()[0], 'a catalogue').file, to);
  return to;
}
