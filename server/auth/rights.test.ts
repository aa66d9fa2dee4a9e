import { describe, expect, test } from 'vitest';
import {
  ACTORS,
  callerFor,
  CANARY,
  CANARY_HASH,
  DEVICE,
  openRightsStore,
  OTHER,
  OWN,
  personWith,
  PLACE_OF,
  procedureAt,
  procedurePaths,
  verdictOf,
} from '../../tests/support/rights-world.ts';
import {
  deliveryRow,
  idOf,
  levelRow,
  lineRow,
  locationRow,
  movementRow,
} from '../../tests/support/server-rows.ts';
import { foreignInput } from '../../tests/support/foreign-inputs.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { ROLES } from '../../shared/entities/person.ts';
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts';
import type { ServerStore } from '../store/open-store.ts';
import { rowsOfPhoto } from '../photos/photo-rows.ts';
import type { Actor } from './actor.ts';
import { assertMayCall } from './may-call.ts';
import { type Right, RIGHTS } from './rights.ts';

const newFolder = useTempFolders();

test('every procedure has a row, and every row a procedure', () => {
  expect(Object.keys(RIGHTS).toSorted()).toEqual(procedurePaths().toSorted());
});

test('what has no row nobody may call, whoever asks and however open the server is', () => {
  const everybody = [...ACTORS.values(), { kind: 'open' } as const];
  for (const actor of everybody) {
    for (const path of ['catalogue.products.drop', 'toString', '__proto__', '']) {
      expect(() => assertMayCall(actor, path)).toThrow(/may not do this/);
    }
  }
});

const STREAMS: ReadonlySet<string> = new Set(['sync.poke', 'sync.follow']);

/** Written by hand, apart from the table itself: from whom on each may be called. Entities' own follow one rule. */
const EXPECTED: Readonly<Record<Right, readonly string[]>> = {
  anyone: ['auth.signIn', 'auth.refresh', 'auth.signOut', 'auth.quarantine'],
  signedIn: [
    'auth.me',
    'auth.changePassword',
    'auth.report',
    'sync.hello',
    'sync.pull',
    'sync.push',
    'sync.poke',
    'sync.follow',
    'sync.snapshot',
    'sync.digests',
    'sync.bucketRows',
    'catalogue.products.list',
    'catalogue.products.byId',
    'catalogue.products.search',
    'catalogue.categories.list',
    'catalogue.brands.list',
    'catalogue.sites.list',
    'stock.locations.list',
    'stock.levels.list',
    'stock.movements.list',
    'stock.movements.record',
    'entities.productNote.upsert',
  ],
  picker: [],
  counter: [],
  supervisor: [
    'catalogue.products.upsert',
    'catalogue.products.archive',
    'catalogue.categories.upsert',
    'catalogue.brands.upsert',
    'stock.locations.upsert',
    'stock.levels.set',
  ],
  administrator: ['catalogue.sites.upsert'],
};

function expectedRight(path: string): Right {
  const found = Object.entries(EXPECTED).find(([, paths]) => paths.includes(path));
  if (found) return found[0] as Right;
  if (path.startsWith('admin.')) return 'administrator';
  if (/^entities\.\w+\.(?:list|append)$/.test(path)) return 'signedIn';
  if (/^entities\.\w+\.upsert$/.test(path)) return 'supervisor';
  throw new Error(`Say here who may call ${path}.`);
}

/** Nothing takes an empty input, so who may call hears of that, and nothing is done. */
test.each(procedurePaths())('%s opens for those it is for, and for nobody else', async (path) => {
  const store = {} as ServerStore;
  const right = expectedRight(path);
  for (const [name, actor] of ACTORS) {
    const verdict = await verdictOf(procedureAt(callerFor(store, actor), path)({ surplus: 1 }));
    const role = ROLES.indexOf(name as (typeof ROLES)[number]);
    const isRole = right !== 'anyone' && right !== 'signedIn';
    const may =
      right === 'anyone' || (name !== 'nobody' && (!isRole || role >= ROLES.indexOf(right)));
    const refused = name === 'nobody' ? 'UNAUTHORIZED' : 'FORBIDDEN';
    expect([path, name, verdict]).toEqual([path, name, may ? 'BAD_REQUEST' : refused]);
  }
});

const syncCall = { protocol: PROTOCOL_VERSION, serverId: null };

/** An input for a site, and what comes of it there for pickers, counters, supervisors and administrators. */
interface Probe {
  input: (siteId: string) => unknown;
  own: readonly [string, string, string, string];
  /** For everybody who does not work there. Administrators may do at every site what they may at their own. */
  other: string;
}

const may = ['done', 'done', 'done', 'done'] as const;
const supervisors = ['FORBIDDEN', 'FORBIDDEN', 'done', 'done'] as const;
const other = (siteId: string): number => (siteId === OWN ? 0 : 1);

const PROBES: Readonly<Record<string, Probe>> = {
  'sync.digests': {
    input: (siteId) => ({ ...syncCall, scope: `site:${siteId}` }),
    own: may,
    other: 'NOT_FOUND',
  },
  'sync.bucketRows': {
    input: (siteId) => ({
      ...syncCall,
      scope: `site:${siteId}`,
      entity: 'location',
      buckets: Array.from({ length: 256 }, (_, at) => at),
      afterId: null,
      maxRows: 100,
    }),
    own: may,
    other: 'NOT_FOUND',
  },
  // Lists and pulls answer as for a site that there is not; what they hold is looked at below.
  'sync.pull': {
    input: (siteId) => ({
      ...syncCall,
      deviceId: DEVICE,
      maxRows: 1_000,
      cursors: [
        { scope: `site:${siteId}`, epoch: null, version: 0, after: null, startVersion: null },
      ],
    }),
    own: may,
    other: 'done',
  },
  'sync.snapshot': {
    input: (siteId) => ({ ...syncCall, scope: `site:${siteId}`, fingerprint: 'f' }),
    own: may,
    other: 'done',
  },
  'stock.locations.list': { input: (siteId) => ({ siteId }), own: may, other: 'done' },
  'stock.locations.upsert': {
    input: (siteId) => locationRow(70, { site_id: siteId, code: 'new' }),
    own: supervisors,
    // A role that calls at all finds no such site.
    other: 'UNKNOWN_SITE',
  },
  'stock.levels.set': {
    input: (siteId) => {
      const { site_id: _, ...level } = levelRow(71, { location_id: PLACE_OF[siteId] ?? '' });
      return level;
    },
    own: supervisors,
    other: 'NOT_FOUND',
  },
  'stock.movements.record': {
    input: (siteId) =>
      movementRow(72 + other(siteId), { site_id: siteId, to_location_id: PLACE_OF[siteId] ?? '' }),
    own: may,
    other: 'NOT_FOUND',
  },
  'entities.delivery.list': { input: (siteId) => ({ siteId }), own: may, other: 'done' },
  'entities.deliveryLine.list': { input: (siteId) => ({ siteId }), own: may, other: 'done' },
  'entities.delivery.upsert': {
    input: (siteId) => deliveryRow(73, { site_id: siteId }),
    own: supervisors,
    other: 'UNKNOWN_SITE',
  },
  'entities.deliveryLine.upsert': {
    input: (siteId) => lineRow(74, { site_id: siteId, delivery_id: idOf(20 + other(siteId)) }),
    own: supervisors,
    other: 'UNKNOWN_SITE',
  },
};

describe.each(Object.entries(PROBES))('%s', (path, { input, own, other: foreign }) => {
  test.each(ROLES.map((role, at) => [role, own[at] ?? ''] as const))(
    'for a %s: own site, other site, a site that there is not',
    async (role, expected) => {
      const store = await openRightsStore(newFolder());
      const call = procedureAt(callerFor(store, personWith(role)), path);
      expect(await verdictOf(call(input(OWN)))).toBe(expected);
      const atOther = role === 'administrator' || expected === 'FORBIDDEN' ? expected : foreign;
      const answer = await call(input(OTHER)).catch((error: unknown) => error);
      expect(await verdictOf(call(input(OTHER)))).toBe(atOther);
      if (role === 'administrator') return;
      expect(JSON.stringify(answer)).not.toContain(CANARY);
      expect(String(answer)).not.toContain(CANARY);
    },
  );
});

test('a list or a pull of another site is that of a site that there is not', async () => {
  const store = await openRightsStore(newFolder());
  const caller = callerFor(store, personWith('supervisor'));
  const nowhere = idOf(999);
  for (const [path, { input, other: foreign }] of Object.entries(PROBES)) {
    if (foreign !== 'done') continue;
    const call = procedureAt(caller, path);
    const [there, none] = [await call(input(OTHER)), await call(input(nowhere))];
    expect([path, JSON.stringify(there).replaceAll(OTHER, nowhere)]).toEqual([
      path,
      JSON.stringify(none),
    ]);
    // The same question finds something where one works, or there would be nothing to see here.
    if (path !== 'sync.snapshot') {
      expect(JSON.stringify(await call(input(OWN)))).not.toBe(JSON.stringify(none));
    }
  }
});

test('lists over all sites leave out those that one does not see', async () => {
  const store = await openRightsStore(newFolder());
  const picker = callerFor(store, personWith('picker'));
  const all = callerFor(store, personWith('administrator'));
  const sitesOf = async (caller: typeof all): Promise<unknown> => ({
    sites: (await caller.catalogue.sites.list({})).rows.map(({ id }) => id),
    levels: (await caller.stock.levels.list({ productId: idOf(0) })).rows.map((row) => row.site_id),
    movements: (await caller.stock.movements.list({ productId: idOf(0) })).rows
      .map((row) => row.site_id)
      .toSorted(),
    scopes: (await caller.sync.hello(syncCall)).scopes.map(({ scope }) => scope),
  });
  expect(await sitesOf(picker)).toEqual({
    sites: [OWN],
    levels: [OWN],
    movements: [OWN],
    scopes: ['catalogue', `site:${OWN}`],
  });
  expect(await sitesOf(all)).toEqual({
    sites: [OWN, OTHER],
    levels: [OWN, OTHER],
    movements: [OWN, OTHER].toSorted(),
    scopes: ['catalogue', `site:${OWN}`, `site:${OTHER}`],
  });
});

test.each(['picker', 'counter', 'supervisor'] as const)(
  'no procedure tells a %s anything of another site, whatever ids it is given',
  async (role) => {
    const store = await openRightsStore(newFolder());
    const caller = callerFor(store, personWith(role));
    const ids = { siteId: OTHER, productId: idOf(0), deviceId: DEVICE, serverId: store.serverId };
    const numbers = [1, 11, 21, 31, 41, 51, 61];
    // What tells news as they come is tested where it is.
    for (const path of procedurePaths().filter((one) => !STREAMS.has(one))) {
      for (const id of [OTHER, ...numbers.map(idOf)]) {
        const input = foreignInput(path, { id, ...ids });
        const answer = await procedureAt(
          caller,
          path,
        )(input).catch((error: unknown) => {
          const { message, cause } = error as Error;
          return [message, String(cause), (cause as { details?: unknown } | undefined)?.details];
        });
        expect([path, JSON.stringify(answer ?? null).includes(CANARY)]).toEqual([path, false]);
      }
    }
    // The catalogue is everybody's, so it is there to be found.
    expect(await caller.catalogue.products.byId({ id: idOf(0) })).toMatchObject({ id: idOf(0) });
  },
);

test('a photo is for those who see a row that names it', async () => {
  const store = await openRightsStore(newFolder());
  const rows = (actor: Actor): Promise<unknown[]> => rowsOfPhoto({ store, actor }, CANARY_HASH);
  expect(await rows(personWith('supervisor'))).toEqual([]);
  expect(await rows({ kind: 'nobody' })).toEqual([]);
  expect(await rows(personWith('administrator'))).toHaveLength(1);
  expect(await rows(personWith('picker', { sites: new Map([[OTHER, 'picker']]) }))).toHaveLength(1);
});

test('a laptop asks and tells for itself alone', async () => {
  const store = await openRightsStore(newFolder());
  const caller = callerFor(store, personWith('administrator', { deviceId: idOf(903) }));
  const pull = PROBES['sync.pull']?.input(OWN);
  expect(await verdictOf(procedureAt(caller, 'sync.pull')(pull))).toBe('FORBIDDEN');
  const operations = [{ operationId: idOf(1), number: 1, parked: true }];
  const push = { ...syncCall, deviceId: DEVICE, operations };
  expect(await verdictOf(procedureAt(caller, 'sync.push')(push))).toBe('FORBIDDEN');
  expect(await store.reader.selectFrom('sync_device').selectAll().execute()).toEqual([]);
});

test('a row of another site is not taken over by its id, nor pointed to', async () => {
  const store = await openRightsStore(newFolder());
  const { stock, entities } = callerFor(store, personWith('supervisor'));
  const taken = locationRow(1, { site_id: OWN, code: 'mine now' });
  expect(await verdictOf(stock.locations.upsert(taken))).toBe('CONFLICT');
  const { site_id: _, ...level } = levelRow(1, { location_id: idOf(0), lot: 'x' });
  expect(await verdictOf(stock.levels.set(level))).toBe('CONFLICT');
  const verdicts = [21, 999].map((number) =>
    entities.deliveryLine
      .upsert(lineRow(75, { site_id: OWN, delivery_id: idOf(number) }))
      .catch((error: unknown) => String(error)),
  );
  const [foreign, none] = await Promise.all(verdicts);
  expect(foreign).toBe(none);
  expect(foreign).toContain('does not exist');
});

test('a procedure that writes leaves a line with who, what, where and how it ended', async () => {
  const store = await openRightsStore(newFolder());
  const { stock } = callerFor(store, personWith('supervisor'));
  await stock.locations.upsert(locationRow(76, { code: 'new' }));
  await verdictOf(stock.locations.upsert(locationRow(77, { code: 'new' })));
  const lines = await store.reader.selectFrom('audit').selectAll().execute();
  expect(lines).toMatchObject([
    {
      at: 5,
      action: 'stock.locations.upsert',
      person_id: personWith('supervisor').personId,
      device_id: DEVICE,
      request_id: idOf(902),
      site_id: OWN,
      subject: idOf(76),
      outcome: 'created',
    },
  ]);
});
