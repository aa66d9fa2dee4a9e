import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { POKE_HEARTBEAT_MS, type PokeEvent } from '../../../shared/sync/poke-protocol.ts';
import { PROTOCOL_VERSION } from '../../../shared/sync/protocol.ts';
import { CATALOGUE_SCOPE, type Scope, siteScope } from '../../../shared/sync/scope.ts';
import { idOf, locationRow, siteRow } from '../../../tests/support/server-rows.ts';
import { useTempFolders } from '../../../tests/support/temp-folder.ts';
import { openTestStore } from '../../../tests/support/test-store.ts';
import type { Actor, PersonActor } from '../../auth/actor.ts';
import { noteRightsChange, readRightsChanges } from '../../auth/rights-changes.ts';
import type { ServerStore } from '../../store/open-store.ts';
import { commitChanges } from '../scope-commit.ts';
import { poke } from './poke.ts';
import { PokeHub } from './poke-hub.ts';
import { readNews } from './poke-news.ts';

const newFolder = useTempFolders();
const OWN = siteScope(idOf(0));
const OTHER = siteScope(idOf(1));
const PICKER: PersonActor = {
  kind: 'person',
  personId: idOf(100),
  deviceId: idOf(200),
  sessionId: idOf(300),
  role: 'picker',
  sites: new Map([[idOf(0), 'picker']]),
};

let store: ServerStore;
beforeEach(async () => {
  store = await openTestStore({ dataDir: newFolder() });
  await commitChanges(store, (tx) => tx.insert('site', [siteRow(0), siteRow(1)]));
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
});
afterEach(async () => {
  vi.useRealTimers();
  await store.close();
});

function openLine(actor: Actor, actorNow: () => Promise<Actor> = async () => actor) {
  const hub = new PokeHub({
    feed: store.pokes,
    readNews: (request) => readNews(store, request),
    readRightsChanges: () => readRightsChanges(store.reader),
    forgetActors: () => undefined,
    now: Date.now,
    setTimer: (ms, callback) => {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
  });
  const hungUp = vi.fn<() => void>();
  const leaving = new AbortController();
  const events = poke(
    {
      store,
      actor,
      now: Date.now,
      signal: leaving.signal,
      bringsNews: true,
      connection: { hub, actorNow, hangUp: hungUp, random: () => 0 },
    },
    {
      protocol: PROTOCOL_VERSION,
      serverId: null,
      deviceId: idOf(999),
      scopes: [CATALOGUE_SCOPE, OWN, OTHER],
    },
  );
  return { hub, events, hungUp, leave: () => leaving.abort() };
}

function scopesOf(event: PokeEvent | void): Scope[] {
  return event?.kind === 'versions' ? event.versions.map(({ scope }) => scope) : [];
}

test('a person hears of their own sites and the catalogue, and never of another site', async () => {
  const { hub, events, leave } = openLine(PICKER);
  expect(scopesOf((await events.next()).value)).toEqual([CATALOGUE_SCOPE, OWN]);
  const next = events.next();
  store.pokes.announce(new Map([[OTHER, 9]]));
  store.pokes.announce(new Map([[OWN, 9]]));
  expect(scopesOf((await next).value)).toEqual([OWN]);
  leave();
  expect((await events.next()).done).toBe(true);
  expect(hub.size).toBe(0);
});

test('nobody in particular hears of nothing', async () => {
  const { events, leave } = openLine({ kind: 'nobody' });
  expect(scopesOf((await events.next()).value)).toEqual([]);
  leave();
  expect((await events.next()).done).toBe(true);
});

test.each([
  ['the session has ended', async (): Promise<Actor> => Promise.reject(new Error('ended'))],
  ['the site was taken away', async (): Promise<Actor> => ({ ...PICKER, sites: new Map() })],
])('the line ends at the next heartbeat when %s', async (_why, actorNow) => {
  const { hub, events } = openLine(PICKER, actorNow);
  await events.next();
  const next = events.next();
  await vi.advanceTimersByTimeAsync(POKE_HEARTBEAT_MS);
  expect((await next).done).toBe(true);
  expect(hub.size).toBe(0);
});

test('a line that nobody reads is cut, and what waited for it was one version per scope', async () => {
  const { events, hungUp, leave } = openLine(PICKER);
  await events.next();
  for (let version = 2; version < 100; version++) store.pokes.announce(new Map([[OWN, version]]));
  // Until the last of them is through, in real time.
  await new Promise((resolve) => setTimeout(resolve, 500));
  await vi.advanceTimersByTimeAsync(POKE_HEARTBEAT_MS);
  expect(hungUp).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(POKE_HEARTBEAT_MS);
  expect(hungUp).toHaveBeenCalled();
  expect(scopesOf((await events.next()).value)).toEqual([OWN]);
  leave();
  expect((await events.next()).done).toBe(true);
});

test('a line that is old ends in good order, so that one which died unnoticed does not stay', async () => {
  const { events } = openLine(PICKER);
  await vi.advanceTimersByTimeAsync(0);
  const kinds: string[] = [];
  const heard = (async () => {
    for await (const { kind } of events) kinds.push(kind);
  })();
  await expect.poll(() => kinds.length).toBeGreaterThan(0);
  await vi.advanceTimersByTimeAsync(11 * 60_000);
  await heard;
  expect(kinds.at(-1)).toBe('goodbye');
});

test('a version that was heard is not told again, however often it is read', async () => {
  const { events, leave } = openLine(PICKER);
  await events.next();
  const told: PokeEvent[] = [];
  for (const versions of [[OWN, 5] as const, [OWN, 5] as const, [OWN, 4] as const]) {
    store.pokes.announce(new Map([versions]));
  }
  const first = (await events.next()).value;
  if (first) told.push(first);
  store.pokes.announce(new Map([[OWN, 5]]));
  store.pokes.announce(new Map([[CATALOGUE_SCOPE, 7]]));
  const second = (await events.next()).value;
  if (second) told.push(second);
  expect(told.map(scopesOf)).toEqual([[OWN], [CATALOGUE_SCOPE]]);
  leave();
  expect((await events.next()).done).toBe(true);
});

test('rows are told to nobody whose rights were changed, by whichever process, before somebody has looked', async () => {
  let sites = PICKER.sites;
  const { events, leave } = openLine(PICKER, async () => ({ ...PICKER, sites }));
  await events.next();
  let number = 0;
  const changeAtSite = async (code: string): Promise<PokeEvent | void> => {
    const next = events.next();
    const location = locationRow(number++, { site_id: idOf(0), code });
    await commitChanges(store, (tx) => tx.insert('location', [location]));
    return (await next).value;
  };
  // A site at which nothing had happened has nothing to carry on from.
  expect(JSON.stringify(await changeAtSite('FIRST'))).not.toContain('FIRST');
  expect(JSON.stringify(await changeAtSite('SECOND'))).toContain('SECOND');
  await noteRightsChange(store.writer);
  expect(JSON.stringify(await changeAtSite('THIRD'))).not.toContain('THIRD');
  expect(JSON.stringify(await changeAtSite('FOURTH'))).toContain('FOURTH');
  sites = new Map();
  await noteRightsChange(store.writer);
  expect(JSON.stringify(await changeAtSite('SECRET')) ?? 'the end').not.toContain('SECRET');
  leave();
  expect((await events.next()).done).toBe(true);
});
