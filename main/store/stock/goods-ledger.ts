import type { StockLotView } from '../../../shared/desktop/stock-views.ts';
import type { StockChange } from '../overlay/overlay.ts';

export interface GoodsPlace {
  locationId: string;
  onHand: number;
  pending: number;
  /** Earliest expiry first, then by name: the order in which they should leave. */
  lots: StockLotView[];
}

type HeldGoods = Omit<StockLotView, 'onHand' | 'pending'> & { quantity: number };

/** Adds what a replica holds of a product and what is pending up, by place and by lot. */
export class GoodsLedger {
  readonly #places = new Map<string, Map<string, StockLotView>>();

  hold(locationId: string, { quantity, lot, serial, expiresOn }: HeldGoods): void {
    const line = this.#line(locationId, { lot, serial });
    line.onHand += quantity;
    line.expiresOn = expiresOn;
  }

  move({ locationId, lot, serial, expiresOn, change }: StockChange): void {
    const line = this.#line(locationId, { lot, serial });
    line.expiresOn ??= expiresOn;
    line.onHand += change;
    line.pending += change;
  }

  locationIds(): string[] {
    return [...this.#places.keys()];
  }

  places(): GoodsPlace[] {
    return [...this.#places].map(([locationId, lines]) => {
      const lots = [...lines.values()].filter(
        ({ onHand, pending }) => onHand !== 0 || pending !== 0,
      );
      return {
        locationId,
        onHand: lots.reduce((sum, { onHand }) => sum + onHand, 0),
        pending: lots.reduce((sum, { pending }) => sum + pending, 0),
        lots: lots.toSorted(firstToLeave),
      };
    });
  }

  #line(locationId: string, { lot, serial }: { lot: string; serial: string }): StockLotView {
    const place = this.#places.get(locationId) ?? new Map<string, StockLotView>();
    this.#places.set(locationId, place);
    const key = JSON.stringify([lot, serial]);
    const line = place.get(key) ?? { lot, serial, expiresOn: null, onHand: 0, pending: 0 };
    place.set(key, line);
    return line;
  }
}

function firstToLeave(a: StockLotView, b: StockLotView): number {
  const byDay = (a.expiresOn ?? Infinity) - (b.expiresOn ?? Infinity);
  if (a.expiresOn !== b.expiresOn && byDay !== 0) return byDay;
  return a.lot < b.lot || (a.lot === b.lot && a.serial < b.serial) ? -1 : 1;
}
