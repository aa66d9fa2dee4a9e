import type { Brand } from '../../shared/entities/brand.ts';
import type { Delivery } from '../../shared/entities/delivery.ts';
import type { DeliveryLine } from '../../shared/entities/delivery-line.ts';
import type { Product } from '../../shared/entities/product.ts';
import type { Site } from '../../shared/entities/site.ts';
import type { DemoRandom } from './demo-random.ts';

const HOUR_MS = 60 * 60 * 1000;
const FIRST_NUMBER = 1_001;
/** Of each site: one is overdue, one is due today, one comes the day after tomorrow. */
const DUE_HOURS = [-14, 15, 57] as const;
const LINES_MIN = 4;
const LINES_MAX = 8;
/** For products that have no least stock of their own. */
const USUAL_QUANTITY = 12;
const SERIAL_QUANTITY_MAX = 4;

interface DeliveryRows {
  delivery: readonly Delivery[];
  delivery_line: readonly DeliveryLine[];
}

/** A few deliveries per site. Each has goods told apart by lot and one by one, beside others. */
export function makeDeliveries(
  options: {
    sites: readonly Site[];
    products: readonly Product[];
    brands: readonly Brand[];
    /** The start of a day, UTC. */
    today: number;
    newId: () => string;
  },
  random: DemoRandom,
): DeliveryRows {
  const { sites, products, brands, today, newId } = options;
  const kinds = Map.groupBy(products, ({ tracking }) => tracking);
  const delivery: Delivery[] = [];
  const deliveryLine: DeliveryLine[] = [];
  for (const site of sites) {
    for (const [at, hours] of DUE_HOURS.entries()) {
      const id = newId();
      delivery.push({
        id,
        site_id: site.id,
        code: `DEL-${site.code}-${FIRST_NUMBER + at}`,
        supplier: random.pick(brands).name,
        state: 'expected',
        expected_at: today + hours * HOUR_MS,
        note: null,
      });
      const chosen = new Set([
        random.pick(kinds.get('lot') ?? products),
        random.pick(kinds.get('serial') ?? products),
      ]);
      const lines = random.integer(LINES_MIN, LINES_MAX);
      while (chosen.size < lines) chosen.add(random.pick(products));
      for (const product of chosen) {
        deliveryLine.push({
          id: newId(),
          site_id: site.id,
          delivery_id: id,
          product_id: product.id,
          expected: expectedOf(product, random),
          received: 0,
        });
      }
    }
  }
  return { delivery, delivery_line: deliveryLine };
}

function expectedOf({ tracking, min_stock: least }: Product, random: DemoRandom): number {
  if (tracking === 'serial') return random.integer(1, SERIAL_QUANTITY_MAX);
  return (least ?? USUAL_QUANTITY) * random.integer(1, 3);
}
