import { basename } from 'node:path';
import { CATALOGUE_SCOPE, type Scope, siteIdOf } from '../../../shared/sync/scope.ts';
import { TallymanError } from '../../../shared/errors.ts';
import { Overlay } from '../overlay/overlay.ts';
import { RecordReader } from '../records/record-reader.ts';
import { openReadable, type ReadableDatabase } from '../sqlite.ts';
import { StatementCache } from '../statement-cache.ts';
import { WorkStore } from '../work-store.ts';
import { PendingStock } from '../stock/pending-stock.ts';

export interface ReplicaFile {
  scope: Scope;
  file: string;
}

/** All that a laptop's data is read from. */
export interface ReadFiles {
  replicas: readonly ReplicaFile[];
  /** Where `work.db` is, of this version's schema. */
  dataFolder: string;
}

/** Each site is a file that stays open in every reader. */
const SITES_OPEN_MAX = 64;

/** Results that are kept until the data changes, per reader. */
const REMEMBERED_MAX = 16;

export interface SiteReader {
  siteId: string;
  db: StatementCache;
  pending: PendingStock;
}

interface Remembered {
  value: unknown;
  /** State of what is pending that it was computed from; null if it does not depend on stock. */
  stock: string | null;
}

/**
 * Reading connections to the catalogue, to every followed site and to the work store. Each file has a connection of its
 * own instead of being attached to one: SQLite attaches ten at most, a snapshot over attached WAL files is no more than
 * one per file anyway, and a look-up by product id costs the same.
 */
export class ReplicaReader {
  readonly catalogue: StatementCache;
  readonly sites: readonly SiteReader[];
  readonly work: StatementCache;
  readonly records: RecordReader;
  /** Names the catalogue's file: local ids of another file mean other products. */
  readonly tag: string;
  readonly #handles: readonly ReadableDatabase[];
  readonly #remembered = new Map<string, Remembered>();
  #rememberedVersion: string | null = null;

  private constructor(files: ReadFiles, catalogueFile: string, handles: ReadableDatabase[]) {
    const open = (file: string): StatementCache => {
      const handle = openReadable(file);
      handles.push(handle);
      return new StatementCache(handle);
    };
    this.#handles = handles;
    this.tag = basename(catalogueFile);
    this.catalogue = open(catalogueFile);
    this.work = open(WorkStore.fileIn(files.dataFolder));
    const { work } = this;
    const overlay = new Overlay(work);
    this.sites = files.replicas.flatMap(({ scope, file }) => {
      const siteId = siteIdOf(scope);
      if (siteId === null) return [];
      const db = open(file);
      return [{ siteId, db, pending: new PendingStock({ scope, db, work, overlay }) }];
    });
    if (this.sites.length > SITES_OPEN_MAX) {
      throw new TallymanError('BAD_INPUT', `Follow ${SITES_OPEN_MAX} sites at most.`);
    }
    this.records = new RecordReader({
      catalogue: this.catalogue,
      sites: this.sites,
      work,
      onlyReads: true,
    });
  }

  /** Null while there is no catalogue on this laptop. */
  static open(files: ReadFiles): ReplicaReader | null {
    const catalogue = files.replicas.find(({ scope }) => scope === CATALOGUE_SCOPE);
    if (!catalogue) return null;
    const handles: ReadableDatabase[] = [];
    try {
      return new ReplicaReader(files, catalogue.file, handles);
    } catch (error) {
      for (const handle of handles) handle.close();
      throw error;
    }
  }

  /** The site that is asked for, or all. A site that is not followed has no stock here. */
  sitesOf(siteId: string | null): readonly SiteReader[] {
    return siteId === null ? this.sites : this.sites.filter((site) => site.siteId === siteId);
  }

  /** Notices what was moved since; see `PendingStock.refresh`. */
  refreshStock(): string {
    return this.sites.map(({ pending }) => pending.refresh()).join();
  }

  /**
   * Computes once per state of the data. The oldest of too many results goes first. What people do on this laptop only
   * touches results `withStock`: search stays quick while they work.
   */
  async remember<T>(
    key: string,
    compute: () => T | Promise<T>,
    { withStock }: { withStock: boolean } = { withStock: false },
  ): Promise<T> {
    const version = this.#dataVersion();
    const stock = withStock ? this.refreshStock() : null;
    if (version !== this.#rememberedVersion) {
      this.#remembered.clear();
      this.#rememberedVersion = version;
    }
    const held = this.#remembered.get(key);
    if (held && held.stock === stock) return held.value as T;
    const value = await compute();
    // Computed in slices, between which the data may have changed: then it serves once and is not kept.
    if (this.#dataVersion() !== version || (withStock && this.refreshStock() !== stock)) {
      return value;
    }
    const [oldest] = this.#remembered.keys();
    if (oldest !== undefined && this.#remembered.size >= REMEMBERED_MAX) {
      this.#remembered.delete(oldest);
    }
    this.#remembered.set(key, { value, stock });
    return value;
  }

  close(): void {
    for (const handle of this.#handles) handle.close();
  }

  /** Changes with every commit to one of the replicas. */
  #dataVersion(): string {
    const sql = 'PRAGMA data_version';
    return [this.catalogue, ...this.sites.map(({ db }) => db)]
      .map((db) => db.value<number>(sql))
      .join();
  }
}
