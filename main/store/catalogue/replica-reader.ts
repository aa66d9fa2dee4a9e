import { basename } from 'node:path';
import { CATALOGUE_SCOPE, type Scope, siteIdOf } from '../../../shared/sync/scope.ts';
import { TallymanError } from '../../../shared/errors.ts';
import { openReadable, type ReadableDatabase } from '../sqlite.ts';
import { StatementCache } from '../statement-cache.ts';

export interface ReplicaFile {
  scope: Scope;
  file: string;
}

/** Each site is a file that stays open in every reader. */
const SITES_OPEN_MAX = 64;

/** Results that are kept until the data changes, per reader. */
const REMEMBERED_MAX = 16;

export interface SiteReader {
  siteId: string;
  db: StatementCache;
}

/**
 * Reading connections to the catalogue and to every followed site. Each file has a connection of its own instead of
 * being attached to one: SQLite attaches ten at most, a snapshot over attached WAL files is no more than one per file
 * anyway, and a look-up by product id costs the same.
 */
export class ReplicaReader {
  readonly catalogue: StatementCache;
  readonly sites: readonly SiteReader[];
  /** Names the catalogue's file: local ids of another file mean other products. */
  readonly tag: string;
  readonly #remembered = new Map<string, unknown>();
  #rememberedVersion: string | null = null;

  readonly #handles: readonly ReadableDatabase[];

  private constructor(
    tag: string,
    { catalogue, sites }: { catalogue: StatementCache; sites: readonly SiteReader[] },
    handles: readonly ReadableDatabase[],
  ) {
    this.tag = tag;
    this.catalogue = catalogue;
    this.sites = sites;
    this.#handles = handles;
  }

  /** Null while there is no catalogue on this laptop. */
  static open(files: readonly ReplicaFile[]): ReplicaReader | null {
    const catalogue = files.find(({ scope }) => scope === CATALOGUE_SCOPE);
    if (!catalogue) return null;
    const handles: ReadableDatabase[] = [];
    const open = (file: string): StatementCache => {
      const handle = openReadable(file);
      handles.push(handle);
      return new StatementCache(handle);
    };
    try {
      const sites: SiteReader[] = [];
      for (const { scope, file } of files) {
        const siteId = siteIdOf(scope);
        if (siteId !== null) sites.push({ siteId, db: open(file) });
      }
      if (sites.length > SITES_OPEN_MAX) {
        throw new TallymanError('BAD_INPUT', `Follow ${SITES_OPEN_MAX} sites at most.`);
      }
      return new ReplicaReader(
        basename(catalogue.file),
        { catalogue: open(catalogue.file), sites },
        handles,
      );
    } catch (error) {
      for (const handle of handles) handle.close();
      throw error;
    }
  }

  /** The site that is asked for, or all. A site that is not followed has no stock here. */
  sitesOf(siteId: string | null): readonly SiteReader[] {
    return siteId === null ? this.sites : this.sites.filter((site) => site.siteId === siteId);
  }

  /** Computes once per state of the data. The oldest of too many results goes first. */
  async remember<T>(key: string, compute: () => T | Promise<T>): Promise<T> {
    const version = this.#dataVersion();
    if (version !== this.#rememberedVersion) {
      this.#remembered.clear();
      this.#rememberedVersion = version;
    }
    if (this.#remembered.has(key)) return this.#remembered.get(key) as T;
    const value = await compute();
    // Computed in slices, between which the data may have changed: then it serves once and is not kept.
    if (this.#dataVersion() !== version) return value;
    const [oldest] = this.#remembered.keys();
    if (oldest !== undefined && this.#remembered.size >= REMEMBERED_MAX) {
      this.#remembered.delete(oldest);
    }
    this.#remembered.set(key, value);
    return value;
  }

  close(): void {
    for (const handle of this.#handles) handle.close();
  }

  /** Changes with every commit to one of the files. */
  #dataVersion(): string {
    const sql = 'PRAGMA data_version';
    return [this.catalogue, ...this.sites.map(({ db }) => db)]
      .map((db) => db.value<number>(sql))
      .join();
  }
}
