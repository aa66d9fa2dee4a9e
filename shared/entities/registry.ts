import { must } from '../domain/assert.ts';
import { barcode } from './barcode.ts';
import { brand } from './brand.ts';
import { category } from './category.ts';
import { countLine } from './count-line.ts';
import { countObservation } from './count-observation.ts';
import { countPlace } from './count-place.ts';
import type { EntityDefinition, ScopeKind } from './define-entity.ts';
import { delivery } from './delivery.ts';
import { deliveryLine } from './delivery-line.ts';
import { location } from './location.ts';
import { person } from './person.ts';
import { product } from './product.ts';
import { productNote } from './product-note.ts';
import { productPhoto } from './product-photo.ts';
import { site } from './site.ts';
import { sitePhoto } from './site-photo.ts';
import { stockCount } from './stock-count.ts';
import { stockLevel } from './stock-level.ts';
import { stockMovement } from './stock-movement.ts';

/** Every synced entity, what is pointed to before what points to it. The order is part of the protocol: append only. */
export const ENTITIES = [
  category,
  brand,
  site,
  product,
  barcode,
  location,
  stockLevel,
  productNote,
  stockMovement,
  delivery,
  deliveryLine,
  person,
  stockCount,
  countPlace,
  countObservation,
  countLine,
  productPhoto,
  sitePhoto,
] as const satisfies readonly EntityDefinition[];

export type EntityName = (typeof ENTITIES)[number]['name'];

/** An entity of the registry, whichever it is. */
export type AnyEntity = EntityDefinition & { name: EntityName };

const BY_NAME: ReadonlyMap<string, AnyEntity> = new Map(
  ENTITIES.map((entity) => [entity.name, entity as unknown as AnyEntity]),
);

export function entityNamed(name: string): AnyEntity {
  return must(BY_NAME.get(name), `entity ${name}`);
}

export function entitiesOf(scope: ScopeKind): readonly AnyEntity[] {
  return [...BY_NAME.values()].filter((entity) => entity.scope === scope);
}
