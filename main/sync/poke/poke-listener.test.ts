import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TallymanError } from '../../../shared/errors.ts';
import { PROTOCOL_VERSION } from '../../../shared/sync/protocol.ts';
import { CATALOGUE_SCOPE } from '../../../shared/sync/scope.ts';
import { type NewVersions, PokeListener, type PokeTarget } from './poke-listener.ts';
import type { LineEvent } from './poke-server.ts';

const TARGET: PokeTarget = {
  url: 'http://server',
  input: {
    protocol: PROTOCOL_VERSION,
    serverId: null,
    deviceId: '01890000-0000-7000-8000-000000000001',
    scopes: [CATALOGUE_SCOPE],
  },
};
const versions = (version: number): NewVersions => ({
  kind: 'versions',
  versions: [{ scope: CATALOGUE_SCOPE, version }],
  spreadMs: 0,
});
/** Longer than any wait after a break. */
const EVER_MS = 60 * 60_000;

/** A server whose lines do what each next script says: tell these, then end, fail, or stay open. */
interface Script {
  tell?: readonly LineEvent[];
  end: 'ends' | 'stays' | Error;
}

let listener: PokeListener;
beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(async () => {
  vi.useRealTimers();
  await listener.close();
});

function listen(scripts: Script[], random = 0.5) {
  const openedAt: number[] = [];
  const told: { version: number; isFirst: boolean }[] = [];
  const live: boolean[] = [];
  const waits: number[] = [];
  listener = new PokeListener({
    connect: async () => ({
      listen: async function* (_input, signal) {
        openedAt.push(Date.now());
        const { tell = [], end } = scripts.shift() ?? { end: 'stays' };
        yield* tell;
        if (end instanceof Error) throw end;
        if (end === 'ends') return;
        await new Promise<void>((resolve) =>
          signal.addEventListener('abort', () => resolve(), { once: true }),
        );
        throw new TallymanError('CANCELLED', 'Cancelled.');
      },
      close: async () => undefined,
    }),
    now: Date.now,
    random: () => random,
    sleep: (ms, signal) => {
      waits.push(ms);
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        signal.addEventListener('abort', () => {
          clearTimeout(timer);
          resolve();
        });
      });
    },
    onVersions: (event, { isFirst }) =>
      told.push({ version: event.versions[0]?.version ?? 0, isFirst }),
    onLive: (isLive) => live.push(isLive),
  });
  listener.aim(TARGET);
  return { openedAt, told, live, waits };
}

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

test('what the server tells is handed on, the present versions marked as the first', async () => {
  const { told, live } = listen([{ tell: [versions(1), versions(2)], end: 'stays' }]);
  await pass(0);
  expect(told).toEqual([
    { version: 1, isFirst: true },
    { version: 2, isFirst: false },
  ]);
  expect(live).toEqual([true]);
});

test('a line that breaks is made anew after ever longer waits, up to a bound', async () => {
  const broken: Script[] = Array.from({ length: 14 }, () => ({
    end: new TallymanError('SERVER_UNREACHABLE', 'gone'),
  }));
  const { waits } = listen(broken);
  await pass(EVER_MS);
  expect(waits.slice(0, 4)).toEqual([500, 1_000, 2_000, 4_000]);
  expect(Math.max(...waits.slice(0, 14))).toBe(150_000);
});

test('laptops whose line broke at the same moment come back at different ones', async () => {
  const gone = { end: new TallymanError('SERVER_UNREACHABLE', 'gone') };
  const one = listen([gone], 0.1);
  await pass(1_000);
  await listener.close();
  const other = listen([gone], 0.9);
  await pass(1_000);
  expect(one.waits).not.toEqual(other.waits);
});

test('a goodbye is answered within the time that the server named, and counts as no failure', async () => {
  const { waits, openedAt } = listen([
    { tell: [versions(1), { kind: 'goodbye', spreadMs: 4_000 }], end: 'ends' },
    { end: new TallymanError('SERVER_UNREACHABLE', 'gone') },
  ]);
  await pass(10_000);
  expect(waits).toEqual([2_000, 500]);
  expect(openedAt).toHaveLength(3);
});

test.each([
  ['a server that knows no pokes', new TallymanError('NOT_FOUND', 'no such procedure')],
  ['another protocol', new TallymanError('UPGRADE_REQUIRED', 'too old')],
])('%s is left alone for minutes', async (_what, error) => {
  const { waits } = listen([{ end: error }]);
  await pass(0);
  expect(waits).toEqual([600_000]);
});

test('a proxy that keeps everything back is found out, and left alone for minutes', async () => {
  const { waits, live } = listen([{ tell: [{ kind: 'alive' }], end: 'stays' }]);
  await pass(9_000);
  expect(waits).toEqual([]);
  await pass(2_000);
  expect(waits).toEqual([600_000]);
  expect(live).toEqual([]);
});

test('a server that asks to be left alone is', async () => {
  const error = new TallymanError('SERVER_BUSY', 'busy', { details: { retryAfterMs: 60_000 } });
  const { waits } = listen([{ end: error }]);
  await pass(0);
  expect(waits[0]).toBeGreaterThanOrEqual(60_000);
});

test('after waking up there is a new line at once, whatever the wait was', async () => {
  const gone = { end: new TallymanError('NOT_FOUND', 'gone') };
  const { openedAt } = listen([gone, { tell: [versions(3)], end: 'stays' }]);
  await pass(1_000);
  expect(openedAt).toHaveLength(1);
  listener.renew();
  await pass(0);
  expect(openedAt).toHaveLength(2);
});

test('nobody to listen to: no line; the same aim again changes nothing', async () => {
  const { openedAt, live } = listen([{ tell: [versions(1)], end: 'stays' }]);
  await pass(0);
  listener.aim({ ...TARGET });
  await pass(EVER_MS);
  expect(openedAt).toHaveLength(1);
  listener.aim(null);
  await pass(EVER_MS);
  expect(openedAt).toHaveLength(1);
  expect(live).toEqual([true, false]);
});
