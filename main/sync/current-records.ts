import { siteIdOf } from '../../shared/sync/scope.ts';
import type { SiteReader } from '../store/catalogue/replica-reader.ts';
import { Overlay } from '../store/overlay/overlay.ts';
import { RecordReader } from '../store/records/record-reader.ts';
import { openReadable, type ReadableDatabase } from '../store/sqlite.ts';
import { StatementCache } from '../store/statement-cache.ts';
import { PendingStock } from '../store/stock/pending-stock.ts';
import type { WorkStore } from '../store/work-store.ts';
import type { ReplicaView } from './replica-set.ts';

/** Rows as a person sees them, and the files that they are in. */
export interface CurrentSources {
  records: RecordReader;
  /** Null while there is no catalogue on this laptop. */
  catalogue: StatementCache | null;
  sites: readonly SiteReader[];
}

/**
 * What the writing thread looks rows up in before it changes them. By connections of its own: the one that applies a delta
 * sees half of it, and a person saw none of it.
 */
export class CurrentRecords {
  readonly #work: WorkStore;
  readonly #views: () => readonly ReplicaView[];
  #open: readonly ReadableDatabase[] = [];
  #sources: CurrentSources | null = null;

  constructor(work: WorkStore, views: () => readonly ReplicaView[]) {
    this.#work = work;
    this.#views = views;
  }

  reader(): RecordReader {
    return this.sources().records;
  }

  /** Opened on first use: a laptop that only reads and syncs needs none. */
  sources(): CurrentSources {
    if (this.#sources) return this.#sources;
    const opened = this.#views().map((view) => ({ ...view, db: openReadable(view.file) }));
    this.#open = opened.map(({ db }) => db);
    const work = new StatementCache(this.#work.db);
    const overlay = new Overlay(work);
    const catalogue = opened.find(({ scope }) => siteIdOf(scope) === null);
    const sites = opened.flatMap(({ scope, db: file }) => {
      const siteId = siteIdOf(scope);
      if (siteId === null) return [];
      const db = new StatementCache(file);
      return [{ siteId, db, pending: new PendingStock({ scope, db, work, overlay }) }];
    });
    const sources = { catalogue: catalogue ? new StatementCache(catalogue.db) : null, sites };
    this.#sources = { ...sources, records: new RecordReader({ ...sources, work }) };
    return this.#sources;
  }

  /** The files are others now, or go. The next use opens what is current then. */
  close(): void {
    for (const db of this.#open) db.close();
    this.#open = [];
    this.#sources = null;
  }
}
