import { beforeEach, describe, expect, test } from 'vitest';
import {
  ANN,
  BEN,
  CANARY,
  DEVICE,
  openRightsStore,
  OTHER,
  OWN,
  personWith,
} from '../../../tests/support/rights-world.ts';
import { creation, edit, removal, SendingLaptop } from '../../../tests/support/sending-laptop.ts';
import {
  countRow,
  deliveryRow,
  idOf,
  lineRow,
  locationRow,
  movementRow,
  observationRow,
  personRow,
  productRow,
} from '../../../tests/support/server-rows.ts';
import { useTempFolders } from '../../../tests/support/temp-folder.ts';
import { COUNT_STAGES } from '../../../shared/entities/stock-count.ts';
import { ROLES } from '../../../shared/entities/person.ts';
import type { Role } from '../../../shared/sync/auth-protocol.ts';
import type { OperationOutcome, RowChange } from '../../../shared/sync/operation.ts';
import type { ServerStore } from '../../store/open-store.ts';
import { commitChanges } from '../scope-commit.ts';

const newFolder = useTempFolders();
let store: ServerStore;
let laptop: SendingLaptop;

beforeEach(async () => {
  store = await openRightsStore(newFolder());
  laptop = new SendingLaptop(store, 900);
  laptop.actor = personWith('picker');
});

function as(role: Role, personId = ANN): void {
  laptop.actor = personWith(role, { personId });
}

/** `applied`, or the code of a refusal. */
function wordOf(outcome: OperationOutcome | undefined): string {
  return outcome?.kind === 'rejected' ? outcome.code : (outcome?.kind ?? 'none');
}

async function does(...changes: RowChange[]): Promise<string> {
  return wordOf(await laptop.does(changes));
}

/** With an account, as somebody who has signed in on the laptops. */
async function worksOn(personId: string, devices: readonly string[], role: Role): Promise<void> {
  await store.writer
    .insertInto('account')
    .values({
      person_id: personId,
      login: personId,
      password_hash: '',
      password_changed_at: 1,
      failures: 0,
      refused_until: null,
      created_at: 1,
      disabled_at: null,
    })
    .execute();
  await commitChanges(store, (tx) =>
    tx.update('person', [personRow(personId === ANN ? 800 : 801, { role })]),
  );
  await store.writer
    .insertInto('membership')
    .values({ person_id: personId, site_id: OWN, role })
    .execute();
  for (const device of devices) await signsInOn(device, personId);
}

async function signsInOn(device: string, personId: string): Promise<void> {
  const values = { device_id: device, person_id: personId, first_at: 1 };
  await store.writer.insertInto('device_person').values(values).execute();
}

function zoneOf(place: number): RowChange {
  return edit('location', idOf(place), { from: { zone: null }, to: { zone: 'Z' } });
}

/** Of each change at the own site: from which role on it is done. */
const CHANGES: readonly (readonly [string, Role, () => RowChange])[] = [
  ['a movement', 'picker', () => creation('stock_movement', movementRow(100))],
  ['a note', 'picker', () => creation('product_note', { id: idOf(0), text: 'x' })],
  [
    'that a delivery has come',
    'picker',
    () => edit('delivery', idOf(20), { from: { state: 'expected' }, to: { state: 'arrived' } }),
  ],
  [
    'another supplier of a delivery',
    'supervisor',
    () => edit('delivery', idOf(20), { from: { supplier: null }, to: { supplier: 'S' } }),
  ],
  ['a delivery', 'supervisor', () => creation('delivery', deliveryRow(101))],
  [
    'a line',
    'supervisor',
    () => creation('delivery_line', lineRow(102, { delivery_id: idOf(20) })),
  ],
  [
    'an observation',
    'counter',
    () => creation('count_observation', observationRow(103, { count_id: idOf(40) })),
  ],
  [
    'that a count is to be looked at',
    'counter',
    () => edit('stock_count', idOf(40), { from: { stage: 1 }, to: { stage: 2 } }),
  ],
  [
    'that a count is off',
    'supervisor',
    () => edit('stock_count', idOf(40), { from: { stage: 1 }, to: { stage: 4 } }),
  ],
  ['a count', 'supervisor', () => creation('stock_count', countRow(104))],
  ['a place', 'supervisor', () => creation('location', locationRow(105))],
  ['the zone of a place', 'supervisor', () => zoneOf(0)],
  ['a person', 'administrator', () => creation('person', personRow(106))],
];

test.each(CHANGES)('%s is written by a %s', async (_what, from, change) => {
  for (const role of ROLES) {
    const own = await openRightsStore(newFolder());
    laptop = new SendingLaptop(own, 900);
    as(role);
    const may = ROLES.indexOf(role) >= ROLES.indexOf(from);
    expect([role, await does(change())]).toEqual([role, may ? 'applied' : 'FORBIDDEN']);
  }
});

test('a refusal is stored as the outcome, others go on, and the audit tells of all', async () => {
  const operations = [creation('product_note', { id: idOf(0), text: 'x' }), zoneOf(0)].map((one) =>
    laptop.operation(one),
  );
  const outcomes = await laptop.outcomes([
    ...operations,
    laptop.operation(CHANGES[0]?.[2]() ?? []),
  ]);
  expect(outcomes.map(wordOf)).toEqual(['applied', 'FORBIDDEN', 'applied']);
  // Whoever has become a supervisor since gets the same answer under the same number.
  as('supervisor');
  const again = await laptop.send(operations);
  expect(again.results.map(({ outcome }) => outcome)).toEqual(outcomes.slice(0, 2));
  const lines = await store.reader.selectFrom('audit').selectAll().orderBy('id').execute();
  expect(lines).toMatchObject([
    { action: 'operation', person_id: ANN, device_id: DEVICE, outcome: 'applied', site_id: null },
    { subject: operations[1]?.operationId, outcome: 'rejected' },
    { outcome: 'applied', site_id: OWN, delivered_by: null, request_id: 'test' },
  ]);
  expect(lines.map(({ details }) => JSON.parse(details ?? '{}') as unknown)).toMatchObject([
    { rows: [`product_note create ${idOf(0)}`] },
    { rows: [`location update ${idOf(0)}`], code: 'FORBIDDEN' },
    {},
  ]);
});

describe('the author', () => {
  test('counts, and not who delivers', async () => {
    await worksOn(BEN, [DEVICE], 'supervisor');
    const byBen = { ...laptop.operation(zoneOf(0)), by: BEN };
    expect((await laptop.outcomes([byBen])).map(wordOf)).toEqual(['applied']);
    const lines = await store.reader.selectFrom('audit').selectAll().execute();
    expect(lines).toMatchObject([{ person_id: BEN, delivered_by: ANN }]);
  });

  test('does not rise with who delivers', async () => {
    await worksOn(BEN, [DEVICE], 'picker');
    as('administrator');
    const byBen = { ...laptop.operation(zoneOf(0)), by: BEN };
    expect((await laptop.outcomes([byBen])).map(wordOf)).toEqual(['FORBIDDEN']);
  });

  test('who was demoted, disabled or taken off the site while offline is refused, and it is seen', async () => {
    await worksOn(BEN, [DEVICE], 'supervisor');
    const queued = [0, 0, 0].map(() => ({ ...laptop.operation(zoneOf(0)), by: BEN }));
    await commitChanges(store, (tx) => tx.update('person', [personRow(801, { role: 'picker' })]));
    await store.writer.updateTable('membership').set({ role: 'picker' }).execute();
    const [first] = await laptop.outcomes(queued.slice(0, 1));
    expect(first).toMatchObject({ kind: 'rejected', code: 'FORBIDDEN' });
    await store.writer.deleteFrom('membership').execute();
    expect((await laptop.outcomes(queued.slice(1, 2))).map(wordOf)).not.toContain('applied');
    await store.writer.updateTable('account').set({ disabled_at: 2 }).execute();
    expect((await laptop.outcomes(queued.slice(2))).map(wordOf)).toEqual(['FORBIDDEN']);
    const row = store.reader.selectFrom('location').select('zone').where('id', '=', idOf(0));
    expect(await row.executeTakeFirst()).toEqual({ zone: null });
    const lines = await store.reader.selectFrom('audit').select(['person_id', 'outcome']).execute();
    expect(lines).toHaveLength(3);
    expect(lines.filter(({ outcome }) => outcome === 'applied')).toEqual([]);
  });

  test('who never signed in on this laptop is waited for, and taken once they have', async () => {
    await worksOn(BEN, [idOf(950)], 'supervisor');
    const note = laptop.operation(creation('product_note', { id: idOf(0), text: 'x' }));
    const byBen = { ...laptop.operation(zoneOf(0)), by: BEN };
    expect(await laptop.send([note, byBen])).toMatchObject({
      results: [{ outcome: { kind: 'applied' } }],
      stop: { kind: 'retry', number: byBen.number, code: 'UNAUTHORIZED' },
    });
    expect(laptop.failures).toEqual([]);
    await signsInOn(DEVICE, BEN);
    expect((await laptop.outcomes([byBen])).map(wordOf)).toEqual(['applied']);
  });

  test('without an account and a sign-in on this laptop is nobody, and is not named in the audit', async () => {
    await worksOn(BEN, [idOf(950)], 'supervisor');
    await store.writer.updateTable('account').set({ disabled_at: 2 }).execute();
    const claimed = [BEN, idOf(951)].map((by) => ({ ...laptop.operation(zoneOf(0)), by }));
    expect((await laptop.outcomes(claimed)).map(wordOf)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    const lines = await store.reader.selectFrom('audit').selectAll().execute();
    expect(lines).toMatchObject(claimed.map(() => ({ person_id: null, delivered_by: ANN })));
  });

  test('signs what is new, and writes nobody else’s name', async () => {
    as('supervisor');
    expect(await does(creation('stock_movement', movementRow(100)))).toBe('applied');
    const rows = store.reader.selectFrom('stock_movement').select('person_id');
    const signed = await rows.where('id', '=', idOf(100)).executeTakeFirst();
    expect(signed).toEqual({ person_id: ANN });
    const inBensName: RowChange[] = [
      creation('stock_movement', movementRow(107, { person_id: BEN })),
      creation('count_observation', observationRow(108, { count_id: idOf(40), person_id: BEN })),
      creation('stock_count', countRow(109, { created_by: BEN })),
      edit('stock_count', idOf(40), {
        from: { stage: 1, approved_by: null },
        to: { stage: COUNT_STAGES.approved, approved_by: BEN },
      }),
      edit('stock_count', idOf(40), { from: { approved_by: BEN }, to: { approved_by: BEN } }),
    ];
    for (const change of inBensName) expect(await does(change)).toBe('FORBIDDEN');
  });

  test('bears what takes back the event of somebody else', async () => {
    as('counter');
    const reversal = movementRow(110, { quantity: -10, reverses: idOf(10), person_id: BEN });
    expect(await does(creation('stock_movement', reversal))).toBe('applied');
    const row = store.reader.selectFrom('stock_movement').select('person_id');
    expect(await row.where('id', '=', idOf(110)).executeTakeFirst()).toEqual({ person_id: ANN });
  });
});

describe('who approves a count', () => {
  const approval = (by: string): RowChange =>
    edit('stock_count', idOf(40), {
      from: { stage: 1, approved_by: null },
      to: { stage: COUNT_STAGES.approved, approved_by: by },
    });

  test('is a supervisor at its site, whatever the list of people says', async () => {
    as('counter');
    expect(await does(approval(ANN))).toBe('FORBIDDEN');
    laptop.actor = personWith('supervisor', { sites: new Map([[OWN, 'counter']]) });
    expect(await does(approval(ANN))).toBe('FORBIDDEN');
    await commitChanges(store, (tx) => tx.update('person', [personRow(800, { role: 'picker' })]));
    as('supervisor');
    expect(await does(approval(ANN))).toBe('applied');
  });

  test('has not counted it, not even without a name', async () => {
    as('supervisor');
    const sight = observationRow(111, { count_id: idOf(40), person_id: null });
    expect(await does(creation('count_observation', sight))).toBe('applied');
    expect(await does(approval(ANN))).toBe('FORBIDDEN');
    as('supervisor', BEN);
    expect(await does(approval(BEN))).toBe('applied');
  });

  test('does not finish what somebody else has signed', async () => {
    as('supervisor');
    const signed = edit('stock_count', idOf(40), {
      from: { approved_by: null },
      to: { approved_by: ANN },
    });
    expect(await does(signed)).toBe('applied');
    as('supervisor', BEN);
    const stage = { from: { stage: 1 }, to: { stage: COUNT_STAGES.approved } };
    expect(await does(edit('stock_count', idOf(40), stage))).toBe('FORBIDDEN');
  });
});

describe('a row of another site', () => {
  /** Of the row at the other site with this number, and of one that there is not. */
  const ATTEMPTS: readonly (readonly [string, (id: string, siteId: string) => RowChange[]])[] = [
    ['an edit', (id) => [edit('location', id, { from: { zone: null }, to: { zone: 'Z' } })]],
    [
      'an edit that says where',
      (id, siteId) => [
        edit('location', id, {
          from: { zone: null, site_id: siteId },
          to: { zone: 'Z', site_id: siteId },
        }),
      ],
    ],
    ['a removal', (id) => [removal('location', locationRow(0, { id }))]],
    [
      'goods brought there',
      (id) => [creation('stock_movement', movementRow(120, { to_location_id: id }))],
    ],
    [
      'goods brought there, at that site',
      (id, siteId) => [
        creation('stock_movement', movementRow(121, { site_id: siteId, to_location_id: id })),
      ],
    ],
    [
      'a new row at that site',
      (_id, siteId) => [creation('location', locationRow(122, { site_id: siteId }))],
    ],
    [
      'a new row at that site that is not valid',
      (_id, siteId) => [creation('location', locationRow(122, { site_id: siteId, code: '' }))],
    ],
    [
      'a photo of it',
      (_id, siteId) => [
        edit('site_photo', idOf(61), { from: { site_id: siteId }, to: { site_id: siteId } }),
      ],
    ],
  ];

  test.each(ATTEMPTS)('%s is answered as for one that there is not', async (_what, changes) => {
    as('supervisor');
    // Place and site have the same number, and so has the pair that there is not.
    const [place, nowhere] = [idOf(1), idOf(998)];
    const attempt = async (id: string, siteId: string): Promise<string> => {
      const outcome = await laptop.does(changes(id, siteId));
      return JSON.stringify(outcome).replaceAll(id, 'ID').replaceAll(siteId, 'ID');
    };
    const foreign = await attempt(place, OTHER);
    expect(foreign).toBe(await attempt(nowhere, nowhere));
    expect(foreign).not.toContain(CANARY);
    expect(laptop.failures).toEqual([]);
    const row = store.reader.selectFrom('location').select(['zone', 'site_id']);
    expect(await row.where('id', '=', place).executeTakeFirst()).toEqual({
      zone: null,
      site_id: OTHER,
    });
  });

  test('is not written over by a new one with its id, which says nothing of it', async () => {
    as('supervisor');
    const taken = await laptop.does(creation('location', locationRow(1, { code: 'mine' })));
    expect(taken).toMatchObject({ kind: 'rejected', code: 'CONFLICT' });
    expect(JSON.stringify(taken)).not.toContain(CANARY);
    const movement = await laptop.does(creation('stock_movement', movementRow(11)));
    expect(movement).toMatchObject({ kind: 'rejected', code: 'CONFLICT' });
    expect(JSON.stringify(movement)).not.toContain(CANARY);
  });

  test('does not get goods counted in by a delivery that is named there', async () => {
    as('picker');
    const receipt = movementRow(123, { delivery_line_id: idOf(31), quantity: 3 });
    expect(await does(creation('stock_movement', receipt))).toBe('applied');
    const line = store.reader.selectFrom('delivery_line').select('received');
    expect(await line.where('id', '=', idOf(31)).executeTakeFirst()).toEqual({ received: 0 });
  });
});

test('what another laptop was answered is told only to those who worked on it', async () => {
  await worksOn(ANN, [DEVICE], 'supervisor');
  const theirs = new SendingLaptop(store, 905);
  theirs.actor = personWith('administrator', { personId: BEN, deviceId: idOf(905) });
  const conflict = theirs.operation(
    edit('location', idOf(1), { from: { note: 'x' }, to: { note: 'y' } }),
  );
  const [answer] = await theirs.outcomes([conflict]);
  expect(JSON.stringify(answer)).toContain(CANARY);
  // The same words, and the same under other versions, which are not compared.
  as('supervisor');
  for (const version of [1, 2]) {
    const [change] = conflict.changes;
    const copied = laptop.operation({ ...change, version } as RowChange);
    const stolen = await laptop.send([{ ...copied, operationId: conflict.operationId }]);
    expect(JSON.stringify(stolen)).not.toContain(CANARY);
    if (stolen.stop !== null) break;
  }
  // Somebody who worked on that laptop has a copy of it here, and hears what it was told.
  await worksOn(BEN, [idOf(905)], 'supervisor');
  laptop = new SendingLaptop(store, 906);
  laptop.actor = personWith('administrator', { personId: BEN, deviceId: idOf(906) });
  const copy = await laptop.outcomes([{ ...conflict, number: 1 }]);
  expect(copy).toEqual([answer]);
});

test('a server without accounts asks nobody for anything', async () => {
  laptop.actor = { kind: 'open' };
  const movement = movementRow(130, { person_id: BEN });
  const byBen = { ...laptop.operation(creation('stock_movement', movement)), by: BEN };
  const outcomes = await laptop.outcomes([byBen, laptop.operation(zoneOf(1))]);
  expect(outcomes.map(wordOf)).toEqual(['applied', 'applied']);
  expect(await does(creation('product_note', { id: productRow(0).id, text: 'x' }))).toBe('applied');
});
