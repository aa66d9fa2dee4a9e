import type { Scope } from '../../../shared/sync/scope.ts';

export type ScopeVersions = ReadonlyMap<Scope, number>;

/** Tells of the versions that commits have made visible, whichever process made them. */
export interface VersionFeed {
  /** To be called after a commit of this process. Never waits and never fails. */
  announce: (versions: ScopeVersions) => void;
  /** May be told the same version twice, an older one after a newer, or none of several in between. */
  subscribe: (listener: (versions: ScopeVersions) => void) => () => void;
  close: () => Promise<void>;
}

/** What listens in this process, and begins to look at other processes only while somebody listens. */
export abstract class LocalFeed implements VersionFeed {
  readonly #listeners = new Set<(versions: ScopeVersions) => void>();

  announce(versions: ScopeVersions): void {
    if (versions.size === 0) return;
    this.emit(versions);
    this.tellOthers(versions);
  }

  subscribe(listener: (versions: ScopeVersions) => void): () => void {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) this.startWatching();
    return () => {
      if (this.#listeners.delete(listener) && this.#listeners.size === 0) this.stopWatching();
    };
  }

  abstract close(): Promise<void>;

  protected abstract startWatching(): void;
  protected abstract stopWatching(): void;
  protected abstract tellOthers(versions: ScopeVersions): void;

  protected emit(versions: ScopeVersions): void {
    for (const listener of this.#listeners) listener(versions);
  }
}
