import { describe, expect, it } from 'vitest';
import { ERROR_CODES, type ErrorCode } from '../../shared/errors.ts';
import type { NetworkStatus } from '../../shared/desktop/network-state.ts';
import { createFakeDesktop } from '../testing/fake-desktop.ts';
import { decisionOf, statusWordOf } from './status-word.ts';

const now = (): number => 1_000_000;
const make = (start: 'synced' | 'empty' = 'synced') => {
  const { sync, app } = createFakeDesktop({ now, products: 1, start });
  const word = (network: Partial<NetworkStatus> = {}): string =>
    statusWordOf('connected', sync.status(), { ...app.network.status(), ...network });
  const fail = (code: ErrorCode): void => {
    sync.start('user');
    sync.finish({ outcome: 'error', code });
  };
  return { sync, word, fail };
};
const offline = { state: 'offline', cause: 'unreachable' } as const;

describe('the word for where things stand', () => {
  it('follows a run', () => {
    const { sync, word } = make();
    expect(word()).toBe('upToDate');
    sync.start('user');
    expect(word()).toBe('syncing');
    sync.finish();
    expect(word()).toBe('upToDate');
  });

  it('follows a first run', () => {
    const { sync, word } = make('empty');
    expect(word()).toBe('noServer');
    expect(word({ state: 'online', cause: null })).toBe('neverSynced');
    sync.start('start');
    expect(word()).toBe('firstSync');
  });

  it('says offline for a failure that only means offline', () => {
    const { word, fail } = make();
    fail('SERVER_UNREACHABLE');
    expect(word(offline)).toBe('offline');
    expect(word()).toBe('error');
  });

  it('puts what a person must decide before being offline', () => {
    const { word, fail } = make();
    fail('MASS_DELETE');
    expect(word(offline)).toBe('decision');
  });

  it('puts a lost app before everything, and waits before the first answer', () => {
    const { sync } = make();
    expect(statusWordOf('lost', sync.status(), undefined)).toBe('lost');
    expect(statusWordOf('connected', undefined, undefined)).toBe('loading');
  });
});

it('asks a person for exactly the failures that no retry can end', () => {
  const { sync, fail } = make();
  const asked = ERROR_CODES.filter((code) => {
    fail(code);
    return decisionOf(sync.status()) !== null;
  });
  expect(asked).toEqual(['SERVER_REPLACED', 'SERVER_ROLLED_BACK', 'MASS_DELETE']);
});
