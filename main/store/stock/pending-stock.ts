import type { Scope } from '../../../shared/sync/scope.ts';
import type { ContainedPoint } from '../../../shared/replica/replica-state.ts';
import type { Overlay, StockChange } from '../overlay/overlay.ts';
import type { StatementCache } from '../statement-cache.ts';
import { CONTAINED_POINT } from '../contained-point.ts';

const WORK_VERSION = 'PRAGMA data_version';

export interface PendingStockSources {
  scope: Scope;
  /** The site's replica. */
  db: StatementCache;
  work: StatementCache;
  overlay: Overlay;
}

/**
 * What this laptop's movements change at one site that the replica's levels do not contain. Every question says which point
 * the levels showed that the answer is added to.
 */
export class PendingStock {
  readonly #sources: PendingStockSources;
  #sums: ReadonlyMap<string, number> = new Map();
  #contained: ContainedPoint = { deviceId: null, number: -1 };
  #workVersion: number | null = null;
  #revision = 0;

  constructor(sources: PendingStockSources) {
    this.#sources = sources;
  }

  /** By product and location, from the store itself: the least work for a page of products. */
  changes(productIds: readonly string[], contained: ContainedPoint): StockChange[] {
    const { overlay, scope } = this.#sources;
    return overlay.stockChanges(scope, productIds, contained);
  }

  /**
   * Notices what was done since. Once per request, so that all of a list is filtered by one state. Returns a number that
   * changes with the sums, and not with every other commit to the work store, such as the log of a sync.
   */
  refresh(): number {
    const { db, work } = this.#sources;
    const version = work.value<number>(WORK_VERSION);
    const contained = db.first<ContainedPoint>(CONTAINED_POINT);
    if (contained && (version !== this.#workVersion || !this.#isAt(contained))) {
      this.#load(contained);
      this.#workVersion = version;
    }
    return this.#revision;
  }

  /** Of one product, from memory: a filter asks for many thousands. */
  sumOf(productId: string, contained: ContainedPoint): number {
    if (!this.#isAt(contained)) this.#load(contained);
    return this.#sums.get(productId) ?? 0;
  }

  /** Products with a pending movement. */
  get products(): readonly string[] {
    return [...this.#sums.keys()];
  }

  #isAt({ deviceId, number }: ContainedPoint): boolean {
    return this.#contained.number === number && this.#contained.deviceId === deviceId;
  }

  #load(contained: ContainedPoint): void {
    const { overlay, scope } = this.#sources;
    const sums = new Map<string, number>();
    const moved = overlay.productsMoved(scope, contained);
    for (const { productId, change } of overlay.stockChanges(scope, moved, contained)) {
      sums.set(productId, (sums.get(productId) ?? 0) + change);
    }
    if (!areSame(sums, this.#sums)) this.#revision += 1;
    this.#sums = sums;
    this.#contained = contained;
  }
}

function areSame(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);
}
