import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { openTestStore } from '../../tests/support/test-store.ts';
import type { ServerStore } from '../store/open-store.ts';
import { audit, AUDIT_DETAILS_MAX } from './audit.ts';
import { AUDIT_DAYS, removeOldAudit } from './audit-removal.ts';

const newFolder = useTempFolders();
const DAY_MS = 86_400_000;
const NOW = 10_000 * DAY_MS;
let store: ServerStore;

beforeEach(async () => {
  store = await openTestStore({ dataDir: newFolder(), now: () => NOW });
});
afterEach(() => store.close());

function lines() {
  return store.reader.selectFrom('audit').selectAll().orderBy('id').execute();
}

test('lines stand in the order in which they were added, with what is known', async () => {
  await audit(store, store.writer, [
    { at: NOW, action: 'signIn', personId: 'p', outcome: 'done' },
    { at: NOW, action: 'operation', subject: 'o', outcome: 'FORBIDDEN', details: { a: 1 } },
  ]);
  expect(await lines()).toMatchObject([
    { action: 'signIn', person_id: 'p', device_id: null, details: null },
    { action: 'operation', subject: 'o', outcome: 'FORBIDDEN', details: '{"a":1}' },
  ]);
});

test('the database refuses to change, replace, remove and empty', async () => {
  await audit(store, store.writer, [{ at: NOW, action: 'signIn', outcome: 'done' }]);
  const before = await lines();
  const attempts = [
    sql`update audit set outcome = 'x'`,
    sql`delete from audit`,
    sql`delete from audit where at > 0`,
    sql`insert into audit (id, at, action, outcome) select id, at, 'x', 'x' from audit
      where true on conflict (id) do update set action = 'x'`,
    sql`insert or replace into audit (id, at, action, outcome) select id, at, 'x', 'x' from audit`,
    sql`truncate audit`,
  ];
  for (const attempt of attempts) await expect(attempt.execute(store.writer)).rejects.toThrow(/./);
  expect(await lines()).toEqual(before);
});

test('what is old enough goes by the declared way only, and a line tells of it', async () => {
  const edge = NOW - AUDIT_DAYS * DAY_MS;
  await audit(store, store.writer, [
    { at: edge - 1, action: 'old', outcome: 'done' },
    { at: edge, action: 'kept', outcome: 'done' },
  ]);
  expect(await removeOldAudit(store, NOW)).toBe(1);
  expect((await lines()).map(({ action }) => action).toSorted()).toEqual([
    'kept',
    'removeOldAudit',
  ]);
  await expect(store.writer.deleteFrom('audit').execute()).rejects.toThrow(/audit/);
  expect(await removeOldAudit(store, NOW)).toBe(0);
  expect(await lines()).toHaveLength(2);
});

test('details are bounded', async () => {
  const details = { text: 'x'.repeat(AUDIT_DETAILS_MAX) };
  const entry = { at: NOW, action: 'a', outcome: 'done', details };
  await expect(audit(store, store.writer, [entry])).rejects.toThrow('too long details');
});
