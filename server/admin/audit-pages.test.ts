import { beforeEach, expect, test } from 'vitest';
import {
  ANN,
  BEN,
  callerFor,
  DEVICE,
  openRightsStore,
  personWith,
  verdictOf,
} from '../../tests/support/rights-world.ts';
import { idOf } from '../../tests/support/server-rows.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { audit } from '../auth/audit.ts';
import type { ServerStore } from '../store/open-store.ts';

const newFolder = useTempFolders();
const LINES = 40;
let store: ServerStore;

/** Every fourth line is Ben's, every eighth was refused; each is about a number of its own. */
beforeEach(async () => {
  store = await openRightsStore(newFolder());
  const entries = Array.from({ length: LINES }, (_, at) => ({
    at,
    action: at % 2 === 0 ? 'operation' : 'session.begin',
    personId: at % 4 === 0 ? BEN : ANN,
    deviceId: at % 5 === 0 ? null : DEVICE,
    subject: idOf(at),
    outcome: at % 8 === 0 ? 'rejected' : 'applied',
    details: at % 8 === 0 ? { code: 'FORBIDDEN', message: 'No.' } : null,
  }));
  await audit(store, store.writer, entries);
});

function administrator() {
  return callerFor(store, personWith('administrator')).admin;
}

/** When the lines were written, page after page. */
async function read(
  list: (page: { before: string | null; limit: number }) => Promise<readonly Line[]>,
): Promise<number[]> {
  const times: number[] = [];
  for (let before: string | null = null; ;) {
    const page: readonly Line[] = await list({ before, limit: 3 });
    times.push(...page.map(({ at }) => at));
    const last = page.at(-1);
    if (last === undefined) return times;
    before = last.id;
  }
}
interface Line {
  id: string;
  at: number;
}

const newestFirst = (fits: (at: number) => boolean): number[] =>
  Array.from({ length: LINES }, (_, at) => LINES - 1 - at).filter(fits);

test.each([
  ['person', BEN, (at: number) => at % 4 === 0],
  ['device', DEVICE, (at: number) => at % 5 !== 0],
  ['action', 'session.begin', (at: number) => at % 2 === 1],
  ['subject', idOf(17), (at: number) => at === 17],
  ['subject', idOf(999), () => false],
] as const)('all lines of one %s are found, however old', async (by, value, fits) => {
  const { list } = administrator().audit;
  expect(await read((page) => list({ ...page, find: { by, value } }))).toEqual(newestFirst(fits));
});

test('without a wish all lines are given, once each', async () => {
  expect(await read(administrator().audit.list)).toEqual(newestFirst(() => true));
});

test('what was refused is given page by page', async () => {
  const { list } = administrator().refused;
  expect(await read(list)).toEqual(newestFirst((at) => at % 8 === 0));
});

test.each([
  { by: 'details', value: 'x' },
  { by: 'person', value: '' },
  { by: 'person', value: 'a\u0000b' },
  { by: 'person', value: '\ud800' },
  { by: 'person', value: 'x'.repeat(101) },
  { by: 'person', value: BEN, also: 1 },
  { by: 'person' },
])('asking for %j is refused', async (find) => {
  const { list } = administrator().audit;
  const page = { before: null, limit: 3, find: find as { by: 'person'; value: string } };
  expect(await verdictOf(list(page))).toBe('BAD_REQUEST');
});

test('only administrators may ask', async () => {
  const { admin } = callerFor(store, personWith('supervisor'));
  const page = { before: null, limit: 3, find: { by: 'person', value: ANN } } as const;
  expect(await verdictOf(admin.audit.list(page))).toBe('FORBIDDEN');
});
