import type { Product } from '../../shared/entities/product.ts';
import type { StockLevel } from '../../shared/entities/stock-level.ts';
import type { DemoRandom } from './demo-random.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** From a few days ago, so that something has expired, to a year ahead. */
const EXPIRY_DAYS_FROM = -5;
const EXPIRY_DAYS_TO = 365;
const TWO_LOTS_PROBABILITY = 0.4;
const PIECES_MAX = 3;

/** Tells what lies at the places apart, as its product asks: lots with a day of expiry, or single pieces. */
export function trackLevels(
  options: {
    levels: readonly StockLevel[];
    products: readonly Product[];
    /** The start of a day, UTC. */
    today: number;
    newId: () => string;
  },
  random: DemoRandom,
): readonly StockLevel[] {
  const { levels, products, today, newId } = options;
  const byId = new Map(products.map((product) => [product.id, product]));
  const numbers = { lot: 0, serial: 0 };
  const nextLot = (): string => `L${String(++numbers.lot).padStart(5, '0')}`;
  const nextSerial = (): string => `SN-${String(++numbers.serial).padStart(6, '0')}`;
  return levels.flatMap((level) => {
    const product = byId.get(level.product_id);
    if (!product || (product.tracking === 'none' && !product.tracks_expiry)) return [level];
    const day = (): number | null =>
      product.tracks_expiry
        ? today + random.integer(EXPIRY_DAYS_FROM, EXPIRY_DAYS_TO) * DAY_MS
        : null;
    if (product.tracking === 'serial') {
      const pieces = Math.min(level.quantity, random.integer(1, PIECES_MAX));
      return Array.from({ length: pieces }, (_, at) => ({
        ...level,
        id: at === 0 ? level.id : newId(),
        quantity: 1,
        serial: nextSerial(),
        expires_on: day(),
      }));
    }
    if (product.tracking === 'none') return [{ ...level, expires_on: day() }];
    const first = { ...level, lot: nextLot(), expires_on: day() };
    if (level.quantity < 2 || !random.chance(TWO_LOTS_PROBABILITY)) return [first];
    const part = random.integer(1, level.quantity - 1);
    return [
      { ...first, quantity: level.quantity - part },
      { ...level, id: newId(), quantity: part, lot: nextLot(), expires_on: day() },
    ];
  });
}
