import { onTestFinished } from 'vitest';
import type { PersonActor } from '../../server/auth/actor.ts';
import type { Actor } from '../../server/auth/actor.ts';
import { createTenantAuth } from '../../server/auth/tenant-auth.ts';
import { serverRouter } from '../../server/router.ts';
import type { ServerStore } from '../../server/store/open-store.ts';
import { commitChanges } from '../../server/sync/scope-commit.ts';
import { ROLES } from '../../shared/entities/person.ts';
import { sitePhoto, type SitePhoto } from '../../shared/entities/site-photo.ts';
import type { Role } from '../../shared/sync/auth-protocol.ts';
import { QUICK_HASHER } from './auth-trial.ts';
import {
  countRow,
  deliveryRow,
  idOf,
  levelRow,
  lineRow,
  locationRow,
  movementRow,
  observationRow,
  personRow,
  placeRow,
  productRow,
  siteRow,
} from './server-rows.ts';
import { openTestStore } from './test-store.ts';

/** Where somebody works, and where they do not. */
export const OWN = idOf(0);
export const OTHER = idOf(1);
export const PLACE_OF = { [OWN]: idOf(0), [OTHER]: idOf(1) } as const;
/** In every text at the other site, and nowhere else. */
export const CANARY = 'canary-7f3a';
export const CANARY_HASH = 'c'.repeat(64);

/** Two sites with a row of every entity that the tests name; those of the other site are canaries. */
export async function openRightsStore(dataDir: string): Promise<ServerStore> {
  const store = await openTestStore({ dataDir });
  onTestFinished(() => store.close());
  await commitChanges(store, async (tx) => {
    await tx.insert('site', [siteRow(0), siteRow(1)]);
    await tx.insert('product', [productRow(0)]);
    await tx.insert('person', [personRow(800, { name: 'Ann' }), personRow(801, { name: 'Ben' })]);
  });
  for (const [number, words] of [
    [0, 'plain'],
    [1, CANARY],
  ] as const) {
    const site_id = idOf(number);
    const place = { site_id, location_id: idOf(number) };
    await commitChanges(store, async (tx) => {
      await tx.insert('location', [locationRow(number, { site_id, code: words, note: words })]);
      await tx.insert('stock_level', [levelRow(number, { ...place, lot: words, quantity: 5 })]);
      await tx.insert('stock_movement', [
        movementRow(10 + number, { site_id, to_location_id: idOf(number), reason: words }),
      ]);
      await tx.insert('delivery', [deliveryRow(20 + number, { site_id, code: words })]);
      await tx.insert('delivery_line', [
        lineRow(30 + number, { site_id, delivery_id: idOf(20 + number) }),
      ]);
      await tx.insert('stock_count', [
        countRow(40 + number, { site_id, code: words, note: words, stage: 1 }),
      ]);
      await tx.insert('count_place', [
        placeRow(idOf(40 + number), number, { site_id, done_at: 4 }),
      ]);
      const count_id = idOf(40 + number);
      await tx.insert('count_observation', [
        observationRow(50 + number, { ...place, count_id, note: words }),
      ]);
      await tx.insert('site_photo', [photoRow(60 + number, { site_id, caption: words })]);
    });
  }
  return store;
}

function photoRow(number: number, change: Partial<SitePhoto>): SitePhoto {
  return sitePhoto.schema.parse({
    id: idOf(number),
    subject: 'delivery',
    subject_id: idOf(20),
    hash: number === 61 ? CANARY_HASH : 'a'.repeat(64),
    bytes: 10,
    mime: 'image/png',
    width: 1,
    height: 1,
    taken_at: 1,
    ...change,
  });
}

export const ANN = idOf(800);
export const BEN = idOf(801);
export const DEVICE = idOf(900);

/** Somebody with a role at the own site only. Administrators have all. */
export function personWith(role: Role, change: Partial<PersonActor> = {}): PersonActor {
  return {
    kind: 'person',
    personId: ANN,
    deviceId: DEVICE,
    sessionId: idOf(901),
    role,
    sites: role === 'administrator' ? 'all' : new Map([[OWN, role]]),
    ...change,
  };
}

export const ACTORS: ReadonlyMap<string, Actor> = new Map<string, Actor>([
  ['nobody', { kind: 'nobody' }],
  ...ROLES.map((role) => [role, personWith(role)] as const),
]);

export function callerFor(store: ServerStore, actor: Actor) {
  return serverRouter.createCaller({
    store,
    now: () => 5,
    snapshots: null,
    actor,
    auth: createTenantAuth({ store, now: () => 5, passwords: QUICK_HASHER }),
    address: '127.0.0.1',
    requestId: idOf(902),
    reportFailure: () => undefined,
  });
}

type AnyCall = (input: unknown) => Promise<unknown>;

/** A procedure by its path, as a caller has it. */
export function procedureAt(caller: object, path: string): AnyCall {
  let at: unknown = caller;
  for (const name of path.split('.')) at = (at as Record<string, unknown>)[name];
  return at as AnyCall;
}

const DEFINITION = '_def';

export function procedurePaths(): readonly string[] {
  return Object.keys(serverRouter[DEFINITION].procedures);
}

/** `done`, or the code of what was said instead. */
export async function verdictOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'done';
  } catch (error) {
    const { cause, code } = error as { cause?: { code?: unknown }; code?: unknown };
    return String(cause?.code ?? code);
  }
}
