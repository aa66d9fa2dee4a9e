import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { must } from '../../shared/domain/assert.ts';
import { TallymanError } from '../../shared/errors.ts';
import { PUSH_OPERATIONS_MAX } from '../../shared/sync/operation.ts';
import { siteScope } from '../../shared/sync/scope.ts';
import { ModelSyncServer } from '../../tests/support/model-sync-server.ts';
import { SyncBench } from '../../tests/support/sync-bench.ts';

const uuid = (number: number): string =>
  `01890000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
const SITE = uuid(900);
const SITE_SCOPE = siteScope(SITE);
const PLACE = uuid(2_000);

let server: ModelSyncServer;
let laptop: SyncBench;
beforeEach(async () => {
  server = new ModelSyncServer({ serverId: uuid(1), epoch: uuid(2) });
  server.write('catalogue', [{ entity: 'site', id: SITE, row: { code: 'HAM', name: 'Hamburg' } }]);
  server.write(SITE_SCOPE, [
    { entity: 'location', id: PLACE, row: { site_id: SITE, code: 'A-1', name: 'Rack' } },
  ]);
  laptop = new SyncBench(uuid(3));
  await laptop.sync(server);
});
afterEach(() => laptop.dispose());

const rename = (name: string, id = PLACE): string =>
  must(
    laptop.person.write([{ kind: 'update', entity: 'location', id, fields: { name } }]).operationId,
    'an operation',
  );
const others = (fields: Record<string, string | number | null>, id = PLACE): void => {
  const row = must(server.row(SITE_SCOPE, 'location', id), 'a row of the server');
  server.write(SITE_SCOPE, [{ entity: 'location', id, row: { ...row, ...fields } }]);
};
const onServer = (id = PLACE) => server.row(SITE_SCOPE, 'location', id);
const stateOf = (operationId: string) => laptop.work.outbox.find(operationId)?.state;

describe('while one batch is under way', () => {
  /** Numbers that each request carried. */
  let sent: number[][];
  const numbersOf = (from: number, to: number): number[] =>
    Array.from({ length: to - from + 1 }, (_, at) => from + at);
  const most = PUSH_OPERATIONS_MAX;
  beforeEach(() => {
    sent = [];
    server.beforePush = (operations) => void sent.push(operations.map(({ number }) => number));
  });
  const renameTimes = (times: number): string[] =>
    Array.from({ length: times }, (_, at) => rename(`Name ${at}`));

  test('the answers of the one before are filed, and the next has durable numbers', async () => {
    renameTimes(2 * most + 1);
    const seen: { answered: number; numbered: number }[] = [];
    const push = server.push.bind(server);
    server.push = async (input, signal) => {
      const answer = await push(input, signal);
      for (let turn = 0; turn < 10; turn++) await setImmediate();
      const numbered = laptop.work.db.prepare('SELECT max(number) FROM operation').pluck().get();
      seen.push({ answered: laptop.work.outbox.lastAnswered(), numbered: Number(numbered) });
      return answer;
    };
    await laptop.sync(server);
    expect(seen).toEqual([
      { answered: 0, numbered: 2 * most },
      { answered: most, numbered: 2 * most + 1 },
      { answered: 2 * most, numbered: 2 * most + 1 },
    ]);
    expect(sent.map((numbers) => numbers.length)).toEqual([most, most, 1]);
    expect(laptop.operationsSent).toBe(2 * most + 1);
  });

  test('a lost connection leaves what was answered before filed, and the rest under its numbers', async () => {
    renameTimes(most + 5);
    server.afterPush = () => {
      if (sent.length === 2) throw new TallymanError('SERVER_UNREACHABLE', 'the answer is lost');
    };
    await expect(laptop.sync(server)).rejects.toThrow('the answer is lost');
    expect(laptop.work.outbox.lastAnswered()).toBe(most);
    server.afterPush = () => undefined;
    laptop.restart();
    await laptop.sync(server);
    expect(sent[2]).toEqual(numbersOf(most + 1, most + 5));
    expect(laptop.work.outbox.waiting()).toBe(0);
    expect(server.version(SITE_SCOPE)).toBe(1 + most + 5);
  });

  test('an operation that fails in it holds back the next until it has passed', async () => {
    const ids = renameTimes(most + 5);
    const failing = must(ids[most - 3], 'an operation of the first batch');
    let failures = 0;
    server.failOperation = ({ operationId }) =>
      operationId === failing && failures++ === 0 ? 'INTERNAL' : null;
    await laptop.sync(server);
    // The server answers a gap to whoever goes past a number that it has not answered.
    expect(sent).toEqual([numbersOf(1, most), numbersOf(most - 2, most + 5)]);
    expect(ids.every((id) => stateOf(id) === 'applied')).toBe(true);
  });

  test('a laptop that turns out to be a copy sends the next under its new id', async () => {
    const ids = renameTimes(most + 5);
    server.beforePush = (operations) => {
      sent.push(operations.map(({ number }) => number));
      if (sent.length === 2) throw new TallymanError('DEVICE_COPIED', 'these numbers were used');
    };
    const before = laptop.work.deviceId();
    await laptop.sync(server);
    expect(laptop.work.deviceId()).not.toBe(before);
    // Those that were answered keep their numbers, and are not sent again.
    expect(sent).toEqual([numbersOf(1, most), numbersOf(most + 1, most + 5), numbersOf(1, 5)]);
    expect(ids.every((id) => stateOf(id) === 'applied')).toBe(true);
    expect(laptop.work.outbox.find(must(ids[0], 'the first'))).toMatchObject({
      deviceId: before,
      number: 1,
    });
    expect(onServer()).toMatchObject({ name: `Name ${most + 4}` });
  });

  test('what a person does then goes with the same run', async () => {
    rename('First');
    server.afterPush = () => {
      if (sent.length === 1) rename('Second');
    };
    await laptop.sync(server);
    expect(sent).toEqual([[1], [2]]);
    expect(onServer()).toMatchObject({ name: 'Second' });
  });

  test('a conflict that it brings is one question, whatever later batches add to it', async () => {
    others({ name: 'Theirs' });
    renameTimes(most + 5);
    await laptop.sync(server);
    expect(laptop.person.conflicts()).toHaveLength(1);
    expect(laptop.person.conflicts()).toMatchObject([
      { base: 'Rack', mine: `Name ${most + 4}`, theirs: 'Theirs' },
    ]);
    expect(onServer()).toMatchObject({ name: 'Theirs' });
  });
});
