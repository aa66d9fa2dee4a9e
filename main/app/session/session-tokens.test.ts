import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { TallymanError } from '../../../shared/errors.ts';
import type { SignedIn } from '../../../shared/sync/auth-protocol.ts';
import { useTempFolders } from '../../../tests/support/temp-folder.ts';
import { createFileSecrets } from '../node-ports/file-secrets.ts';
import { SeenClock } from './seen-clock.ts';
import type { CallServer } from './server-line.ts';
import { SessionBooks } from './session-book.ts';
import { SessionTokens } from './session-tokens.ts';

const tempFolder = useTempFolders();
const DEVICE = { id: randomUUID(), name: 'laptop', platform: 'test', appVersion: '0' };
const PERSON = { id: randomUUID(), name: 'Anna', role: 'counter' as const, sites: [] };
const URL = 'https://tallyman.example.com';

function signedIn(number: number): SignedIn {
  return {
    serverId: 'server',
    serverName: 'Tallyman',
    person: PERSON,
    accessToken: `access ${number}`,
    accessExpiresAt: 600_000,
    refreshToken: `refresh ${number}`,
    refreshExpiresAt: 1_000_000,
    serverTime: 0,
    leaseMs: 1_000_000,
  };
}

async function openTokens(answer: (refreshToken: string, call: number) => SignedIn) {
  const folder = tempFolder();
  const books = await SessionBooks.open(createFileSecrets(folder), () => undefined);
  const asked: string[] = [];
  const call = (async (_path: string, input: { refreshToken: string }) => {
    asked.push(input.refreshToken);
    return answer(input.refreshToken, asked.length);
  }) as unknown as CallServer;
  const tokens = new SessionTokens({
    books,
    clock: new SeenClock({ wall: () => 0, steady: () => 0 }, 0),
    steady: () => 0,
    server: () => ({ url: URL, call }),
    device: async () => DEVICE,
    onEnded: () => undefined,
    onRevoked: () => undefined,
  });
  await tokens.keep(signedIn(0), { url: URL, deviceId: DEVICE.id });
  const keptToken = async () =>
    (await SessionBooks.open(createFileSecrets(folder), () => undefined)).person(PERSON.id)
      ?.refreshToken;
  return { tokens, asked, keptToken };
}

test('whoever needs a token meanwhile waits for the same refresh, and the next one is kept before it is used', async () => {
  const { tokens, asked, keptToken } = await openTokens((_token, call) => signedIn(call));
  const wanted = Array.from({ length: 5 }, () => tokens.tokenOf(PERSON.id, 'access 0'));
  expect(new Set(await Promise.all(wanted))).toEqual(new Set(['access 1']));
  expect(asked).toEqual(['refresh 0']);
  expect(await keptToken()).toBe('refresh 1');
});

test('an answer that was lost is asked for again by the same token', async () => {
  const { tokens, asked, keptToken } = await openTokens((_token, call) => {
    if (call === 1) throw new TallymanError('SERVER_TIMEOUT', 'No answer.');
    return signedIn(call);
  });
  expect(await tokens.tokenOf(PERSON.id, 'access 0')).toBe('access 2');
  expect(asked).toEqual(['refresh 0', 'refresh 0']);
  expect(await keptToken()).toBe('refresh 2');
});

test('a session that has ended leaves the person known, without a token', async () => {
  const { tokens, keptToken } = await openTokens(() => {
    throw new TallymanError('SESSION_ENDED', 'Over.');
  });
  await expect(tokens.tokenOf(PERSON.id, 'access 0')).rejects.toMatchObject({
    code: 'SESSION_ENDED',
  });
  expect(await keptToken()).toBeNull();
});
