import type { Barcode } from '../../shared/entities/barcode.ts';
import { countPlaceId } from '../../shared/domain/count-ids.ts';
import type { Category } from '../../shared/entities/category.ts';
import type { CountObservation } from '../../shared/entities/count-observation.ts';
import type { CountPlace } from '../../shared/entities/count-place.ts';
import type { Delivery } from '../../shared/entities/delivery.ts';
import type { DeliveryLine } from '../../shared/entities/delivery-line.ts';
import type { Location } from '../../shared/entities/location.ts';
import type { Person } from '../../shared/entities/person.ts';
import type { Product } from '../../shared/entities/product.ts';
import type { Site } from '../../shared/entities/site.ts';
import type { StockCount } from '../../shared/entities/stock-count.ts';
import type { StockLevel } from '../../shared/entities/stock-level.ts';
import type { StockMovement } from '../../shared/entities/stock-movement.ts';

/** The same id for the same number; the last digits, which choose the bucket, are spread. */
export function idOf(number: number): string {
  const tail = (Math.imul(number, 2_654_435_761) >>> 0).toString(16).padStart(8, '0');
  return `01900000-0000-7000-8000-${number.toString(16).padStart(4, '0').slice(-4)}${tail}`;
}

export function categoryRow(number: number, change: Partial<Category> = {}): Category {
  return { id: idOf(number), parent_id: null, code: null, name: `Category ${number}`, ...change };
}

export function siteRow(number: number, change: Partial<Site> = {}): Site {
  return { id: idOf(number), code: `S${number}`, name: `Site ${number}`, ...change };
}

export function productRow(number: number, change: Partial<Product> = {}): Product {
  return {
    id: idOf(number),
    sku: `SKU-${number}`,
    name: `Product ${number}`,
    description: null,
    category_id: null,
    brand_id: null,
    unit: 'pcs',
    price_minor: null,
    currency: null,
    min_stock: null,
    archived: false,
    tracking: 'none',
    tracks_expiry: false,
    reorder_to: null,
    abc: null,
    ...change,
  };
}

export function barcodeRow(number: number, change: Partial<Barcode> = {}): Barcode {
  return {
    id: idOf(number),
    product_id: idOf(0),
    code: `code-${number}`,
    pack_quantity: 1,
    pack_unit: null,
    ...change,
  };
}

export function locationRow(number: number, change: Partial<Location> = {}): Location {
  return {
    id: idOf(number),
    site_id: idOf(0),
    code: `L${number}`,
    name: null,
    zone: null,
    capacity: null,
    blocked: false,
    note: null,
    ...change,
  };
}

export function levelRow(number: number, change: Partial<StockLevel> = {}): StockLevel {
  return {
    id: idOf(number),
    site_id: idOf(0),
    product_id: idOf(0),
    location_id: idOf(0),
    quantity: number,
    lot: '',
    serial: '',
    expires_on: null,
    ...change,
  };
}

export function movementRow(number: number, change: Partial<StockMovement> = {}): StockMovement {
  return {
    id: idOf(number),
    site_id: idOf(0),
    kind: 'receive',
    product_id: idOf(0),
    from_location_id: null,
    to_location_id: idOf(0),
    quantity: number,
    reason: null,
    reverses: null,
    moved_at: 1,
    lot: '',
    serial: '',
    expires_on: null,
    cause: null,
    person_id: null,
    delivery_line_id: null,
    count_id: null,
    ...change,
  };
}

export function personRow(number: number, change: Partial<Person> = {}): Person {
  return {
    id: idOf(number),
    name: `Person ${number}`,
    role: 'supervisor',
    active: true,
    ...change,
  };
}

export function deliveryRow(number: number, change: Partial<Delivery> = {}): Delivery {
  return {
    id: idOf(number),
    site_id: idOf(0),
    code: `D${number}`,
    supplier: null,
    state: 'expected',
    expected_at: null,
    note: null,
    ...change,
  };
}

export function lineRow(number: number, change: Partial<DeliveryLine> = {}): DeliveryLine {
  return {
    id: idOf(number),
    site_id: idOf(0),
    delivery_id: idOf(0),
    product_id: idOf(0),
    expected: 10,
    received: 0,
    ...change,
  };
}

export function countRow(number: number, change: Partial<StockCount> = {}): StockCount {
  return {
    id: idOf(number),
    site_id: idOf(0),
    code: `C${number}`,
    stage: 0,
    blind: true,
    zone: null,
    category_id: null,
    abc: null,
    not_since: null,
    due_at: null,
    repeat_days: null,
    counters: '[]',
    created_by: null,
    approved_by: null,
    approved_at: null,
    note: null,
    ...change,
  };
}

/** Of the location with the number. */
export function placeRow(
  countId: string,
  number: number,
  change: Partial<CountPlace> = {},
): CountPlace {
  return {
    id: countPlaceId(countId, idOf(number)),
    site_id: idOf(0),
    count_id: countId,
    location_id: idOf(number),
    person_id: null,
    done_at: null,
    ...change,
  };
}

export function observationRow(
  number: number,
  change: Partial<CountObservation> = {},
): CountObservation {
  return {
    id: idOf(number),
    site_id: idOf(0),
    count_id: idOf(900),
    product_id: idOf(0),
    location_id: idOf(0),
    lot: '',
    serial: '',
    expires_on: null,
    round: 1,
    quantity: number,
    seen_at: 1,
    person_id: null,
    note: null,
    reverses: null,
    ...change,
  };
}
