import { PUT_AWAY_REASONS, type PutAwayReason } from '../desktop/delivery-views.ts';
import { compareText } from './compare-text.ts';

/** The zone where goods arrive; they do not stay there. */
export const DOCK_ZONE = 'DOCK';

/** What is known of a place where goods could be put. */
export interface PlaceFacts {
  locationId: string;
  code: string;
  zone: string | null;
  blocked: boolean;
  /** How much it holds; null if nobody said. */
  capacity: number | null;
  /** Of all goods, there. */
  filled: number;
  /** Of the product, and of its lot. */
  product: number;
  lot: number;
  /** Goods of the product's category lie there. */
  category: number;
}

export interface RankedPlace<T extends PlaceFacts> {
  place: T;
  reason: PutAwayReason;
  room: number | null;
}

interface Goods {
  fromLocationId: string;
  /** Empty if the goods have none. */
  lot: string;
  quantity: number;
  limit: number;
}

/**
 * Where goods should go, the best place first: to the same lot, then to the same product, then to goods of the same category,
 * then to an empty place. Never to a blocked place, to a dock, to where they are, or to where they do not fit.
 */
export function rankPlaces<T extends PlaceFacts>(
  places: readonly T[],
  { fromLocationId, lot, quantity, limit }: Goods,
): RankedPlace<T>[] {
  return places
    .filter(
      (place) => !place.blocked && place.zone !== DOCK_ZONE && place.locationId !== fromLocationId,
    )
    .flatMap((place) => {
      const reason = reasonOf(place, lot);
      const room = place.capacity === null ? null : place.capacity - place.filled;
      return reason === null || (room !== null && room < quantity) ? [] : [{ place, reason, room }];
    })
    .toSorted(
      (a, b) =>
        PUT_AWAY_REASONS.indexOf(a.reason) - PUT_AWAY_REASONS.indexOf(b.reason) ||
        b.place.product - a.place.product ||
        b.place.category - a.place.category ||
        compareText(a.place.code, b.place.code),
    )
    .slice(0, limit);
}

function reasonOf(place: PlaceFacts, lot: string): PutAwayReason | null {
  if (lot !== '' && place.lot > 0) return 'sameLot';
  if (place.product > 0) return 'sameProduct';
  if (place.category > 0) return 'sameCategory';
  return place.filled === 0 ? 'empty' : null;
}
