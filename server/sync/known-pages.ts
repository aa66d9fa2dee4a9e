import type { PullCursor } from '../../shared/sync/protocol.ts';
import type { ServerStore } from '../store/open-store.ts';
import type { ChangePage } from './change-page.ts';
import type { ScopeState } from './scope-state.ts';

/** A poke is heard by laptops that are all at one version, or at few. */
const PAGES_MAX = 64;
/** Of all pages together, half a kilobyte each. What is larger is as a rule asked for by one laptop, that was away. */
const ENTRIES_MAX = 10_000;

/**
 * Whole deltas that were read lately. After a poke every laptop of a scope asks for the same one: a quarter of the work of
 * such a pull was to read it again.
 *
 * A page is named by the history, the version asked from and the version reached. Between two versions of a scope none of
 * its rows change, so whoever sees the scope at that version in a snapshot of their own would read this very page.
 */
export class KnownPages {
  /** The oldest first. */
  readonly #pages = new Map<string, ChangePage>();
  #entries = 0;

  find(cursor: PullCursor, state: ScopeState): ChangePage | undefined {
    return cursor.after === null ? this.#pages.get(nameOf(cursor, state)) : undefined;
  }

  keep(cursor: PullCursor, state: ScopeState, page: ChangePage): void {
    // What a first sync leaves out depends on when it began.
    const isWholeDelta = cursor.version > 0 && cursor.after === null && !page.more;
    const name = nameOf(cursor, state);
    if (!isWholeDelta || page.entries > ENTRIES_MAX || this.#pages.has(name)) return;
    this.#pages.set(name, page);
    this.#entries += page.entries;
    for (const [oldest, { entries }] of this.#pages) {
      if (this.#pages.size <= PAGES_MAX && this.#entries <= ENTRIES_MAX) break;
      this.#pages.delete(oldest);
      this.#entries -= entries;
    }
  }
}

function nameOf(cursor: PullCursor, { epoch, scopeId, version }: ScopeState): string {
  return `${epoch} ${scopeId} ${cursor.version} ${version}`;
}

const ofStores = new WeakMap<ServerStore, KnownPages>();

export function knownPagesOf(store: ServerStore): KnownPages {
  const known = ofStores.get(store) ?? new KnownPages();
  ofStores.set(store, known);
  return known;
}
