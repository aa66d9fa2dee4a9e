import type { PullCursor } from '../../shared/sync/protocol.ts';
import type { ServerStore } from '../store/open-store.ts';
import type { ChangePage } from './change-page.ts';
import type { ScopeState } from './scope-state.ts';

/** Larger ones are asked for by laptops that were away, each from a version of its own. */
const ENTRIES_MAX = 200;
/** A poke is heard by laptops that are all at one version, or at few. */
const PAGES_MAX = 64;

/**
 * Whole deltas that were read lately. After a poke every laptop of a scope asks for the same one: a quarter of the work of
 * such a pull was to read it again.
 *
 * A page is named by the history, the version asked from and the version reached. Between two versions of a scope none of
 * its rows change, so whoever sees the scope at that version in a snapshot of their own would read this very page.
 */
export class KnownPages {
  readonly #pages = new Map<string, ChangePage>();

  find(cursor: PullCursor, state: ScopeState): ChangePage | undefined {
    return cursor.after === null ? this.#pages.get(nameOf(cursor, state)) : undefined;
  }

  keep(cursor: PullCursor, state: ScopeState, page: ChangePage): void {
    // What a first sync leaves out depends on when it began.
    const isWholeDelta = cursor.version > 0 && cursor.after === null && !page.more;
    if (!isWholeDelta || page.entries > ENTRIES_MAX) return;
    this.#pages.set(nameOf(cursor, state), page);
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > PAGES_MAX && oldest !== undefined) this.#pages.delete(oldest);
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
