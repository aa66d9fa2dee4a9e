import { sitePhoto } from '../../shared/entities/site-photo.ts';
import type { SignedIn } from '../../shared/sync/auth-protocol.ts';
import { organisationField } from '../../shared/sync/organisation.ts';
import type { StoreLocation } from '../../server/store/engine/open-engine.ts';
import { openStore, type ServerStore } from '../../server/store/open-store.ts';
import { commitChanges } from '../../server/sync/scope-commit.ts';
import {
  makeOrganisationFolder,
  organisationLocation,
} from '../../server/tenant/organisation-location.ts';
import { createAuthTrial, laptop } from './auth-trial.ts';
import { CANARY_HASH } from './rights-world.ts';
import {
  deliveryRow,
  idOf,
  levelRow,
  lineRow,
  locationRow,
  movementRow,
  productRow,
  siteRow,
} from './server-rows.ts';

/** Numbers of the rows that each organisation has, apart from those of the other one. */
const FIRST_NUMBER = { a: 100, b: 200 } as const;
type Code = keyof typeof FIRST_NUMBER;

/** One of two, with rows that carry its canary, a person, and a laptop on which they are signed in. */
export interface Organisation {
  code: Code;
  location: StoreLocation;
  canary: string;
  serverId: string;
  deviceId: string;
  session: SignedIn;
  /** Ids of its rows, by what they are. */
  ids: Readonly<Record<'siteId' | 'productId' | 'placeId' | 'deliveryId' | 'lineId', string>>;
}

/** Beside the first one, whose location is given. */
export async function makeOrganisation(base: StoreLocation, code: Code): Promise<Organisation> {
  const location = organisationLocation(base, organisationField.parse(code));
  makeOrganisationFolder(location);
  const canary = `canary-of-${code}`;
  const store = await openStore({ ...location, name: `${canary}-name` });
  try {
    const ids = await fill(store, FIRST_NUMBER[code], canary);
    const trial = createAuthTrial(store, { now: Date.now() });
    const deviceId = idOf(FIRST_NUMBER[code] + 50);
    await trial.add(`${canary} Ada`, 'administrator');
    const device = { ...laptop(deviceId), name: `${canary} laptop` };
    const session = await trial.signIn(`${canary} Ada`, { device });
    return { code, location, canary, serverId: store.serverId, deviceId, session, ids };
  } finally {
    await store.close();
  }
}

async function fill(
  store: ServerStore,
  number: number,
  canary: string,
): Promise<Organisation['ids']> {
  const [siteId, productId, placeId] = [idOf(number), idOf(number + 1), idOf(number + 2)];
  const [deliveryId, lineId] = [idOf(number + 3), idOf(number + 4)];
  const at = { site_id: siteId, product_id: productId };
  await commitChanges(store, async (tx) => {
    await tx.insert('site', [siteRow(number, { name: canary, code: canary.slice(-8) })]);
    await tx.insert('product', [productRow(number + 1, { name: canary, sku: canary })]);
  });
  await commitChanges(store, async (tx) => {
    await tx.insert('location', [
      locationRow(number + 2, { site_id: siteId, code: canary, note: canary }),
    ]);
    await tx.insert('stock_level', [
      levelRow(number, { ...at, location_id: placeId, lot: canary }),
    ]);
    const movement = { ...at, to_location_id: placeId, reason: canary };
    await tx.insert('stock_movement', [movementRow(number, movement)]);
    await tx.insert('delivery', [
      deliveryRow(number + 3, { site_id: siteId, code: canary, supplier: canary }),
    ]);
    await tx.insert('delivery_line', [lineRow(number + 4, { ...at, delivery_id: deliveryId })]);
    const photo = { id: idOf(number + 5), site_id: siteId, subject: 'delivery', caption: canary };
    const bytes = { bytes: 10, mime: 'image/png', width: 1, height: 1, taken_at: 1 };
    const named = { ...photo, ...bytes, subject_id: deliveryId, hash: photoHashOf(canary) };
    await tx.insert('site_photo', [sitePhoto.schema.parse(named)]);
  });
  return { siteId, productId, placeId, deliveryId, lineId };
}

/** Of the photo that the organisation with this canary has. */
export function photoHashOf(canary: string): string {
  return canary.endsWith('b') ? CANARY_HASH : 'a'.repeat(64);
}
