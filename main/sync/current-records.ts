import { siteIdOf } from '../../shared/sync/scope.ts';
import { RecordReader } from '../store/records/record-reader.ts';
import { openReadable, type ReadableDatabase } from '../store/sqlite.ts';
import type { WorkStore } from '../store/work-store.ts';
import type { ReplicaView } from './replica-set.ts';

/**
 * What the writing thread looks rows up in before it changes them. By connections of its own: the one that applies a delta
 * sees half of it, and a person saw none of it.
 */
export class CurrentRecords {
  readonly #work: WorkStore;
  readonly #views: () => readonly ReplicaView[];
  #open: readonly ReadableDatabase[] = [];
  #reader: RecordReader | null = null;

  constructor(work: WorkStore, views: () => readonly ReplicaView[]) {
    this.#work = work;
    this.#views = views;
  }

  /** Opened on first use: a laptop that only reads and syncs needs none. */
  reader(): RecordReader {
    if (this.#reader) return this.#reader;
    const opened = this.#views().map((view) => ({ ...view, db: openReadable(view.file) }));
    this.#open = opened.map(({ db }) => db);
    this.#reader = new RecordReader({
      catalogue: opened.find(({ scope }) => siteIdOf(scope) === null)?.db ?? null,
      sites: opened.flatMap(({ scope, db }) => {
        const siteId = siteIdOf(scope);
        return siteId === null ? [] : [{ siteId, db }];
      }),
      work: this.#work.db,
    });
    return this.#reader;
  }

  /** The files are others now, or go. The next use opens what is current then. */
  close(): void {
    for (const db of this.#open) db.close();
    this.#open = [];
    this.#reader = null;
  }
}
