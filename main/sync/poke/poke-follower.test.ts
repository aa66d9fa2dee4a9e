import { expect, test } from 'vitest';
import { CATALOGUE_SCOPE, type Scope, siteScope } from '../../../shared/sync/scope.ts';
import type { SyncUnit } from '../../../shared/sync/sync-unit.ts';
import { PokeFollower } from './poke-follower.ts';

const SITE = siteScope('01890000-0000-7000-8000-000000000001');
const OTHER = siteScope('01890000-0000-7000-8000-000000000002');

function openFollower() {
  const held = new Map<Scope, number>([
    [CATALOGUE_SCOPE, 5],
    [SITE, 5],
  ]);
  const world = { isBusy: false };
  const runs: SyncUnit[] = [];
  const timers: { ms: number; callback: () => void }[] = [];
  const follower = new PokeFollower({
    heldVersion: (scope) => held.get(scope) ?? null,
    isBusy: () => world.isBusy,
    trigger: (unit) => runs.push(unit),
    random: () => 0.5,
    setTimer: (ms, callback) => {
      timers.push({ ms, callback });
      return () => undefined;
    },
  });
  const hear = (scope: Scope, version: number, spreadMs = 0): void =>
    follower.hear([{ scope, version }], spreadMs);
  return { follower, held, world, runs, timers, hear };
}

test('a version above the own one is a run of the unit that brings it, another is none', () => {
  const { follower, runs, hear } = openFollower();
  hear(CATALOGUE_SCOPE, 5);
  hear(SITE, 4);
  expect(runs).toEqual([]);
  hear(CATALOGUE_SCOPE, 6);
  hear(SITE, 6);
  expect(runs).toEqual(['catalogue', 'stock']);
  follower.hear(
    [
      { scope: CATALOGUE_SCOPE, version: 7 },
      { scope: SITE, version: 7 },
    ],
    0,
  );
  expect(runs).toEqual(['catalogue', 'stock', 'full']);
});

test('a scope that is not here as a whole is left to the run that fills it', () => {
  const { runs, hear } = openFollower();
  hear(OTHER, 9);
  expect(runs).toEqual([]);
});

test('during a run nothing is started, and after it only what the run did not bring', () => {
  const { follower, held, world, runs, hear } = openFollower();
  world.isBusy = true;
  hear(SITE, 6);
  world.isBusy = false;
  held.set(SITE, 6);
  follower.consider();
  expect(runs).toEqual([]);
  world.isBusy = true;
  hear(SITE, 8);
  world.isBusy = false;
  held.set(SITE, 7);
  follower.consider();
  expect(runs).toEqual(['stock']);
});

test('a version that a run did not bring starts no second one, until a new line tells it again', () => {
  const { follower, runs, hear } = openFollower();
  hear(SITE, 6);
  follower.consider();
  hear(SITE, 6);
  expect(runs).toEqual(['stock']);
  expect(follower.isBehind()).toBe(true);
  follower.forget();
  hear(SITE, 6);
  expect(runs).toEqual(['stock', 'stock']);
});

test('what many hear is asked for after a random part of the time that the server names, once', () => {
  const { runs, timers, hear } = openFollower();
  hear(SITE, 6, 1_000);
  hear(SITE, 7, 1_000);
  expect(runs).toEqual([]);
  expect(timers.map(({ ms }) => ms)).toEqual([500]);
  timers[0]?.callback();
  expect(runs).toEqual(['stock']);
});
