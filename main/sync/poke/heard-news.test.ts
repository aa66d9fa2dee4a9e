import { expect, test } from 'vitest';
import type { News } from '../../../shared/sync/poke-protocol.ts';
import {
  PROTOCOL_VERSION,
  type PullInput,
  type PullOutput,
} from '../../../shared/sync/protocol.ts';
import { CATALOGUE_SCOPE, siteScope } from '../../../shared/sync/scope.ts';
import type { SyncServer } from '../sync-server.ts';
import { HeardNews, serverWithNews } from './heard-news.ts';

const DEVICE = '01890000-0000-7000-8000-000000000001';
const SERVER = '01890000-0000-7000-8000-000000000002';
const EPOCH = '01890000-0000-7000-8000-000000000003';
const SITE = siteScope('01890000-0000-7000-8000-000000000004');

const NEWS: News = {
  scope: CATALOGUE_SCOPE,
  from: 7,
  answer: {
    serverId: SERVER,
    lastNumber: 3,
    scopes: [
      {
        kind: 'page',
        scope: CATALOGUE_SCOPE,
        epoch: EPOCH,
        version: 8,
        entities: [],
        more: false,
        after: null,
        digest: { count: 1, sum: 1 },
      },
    ],
  },
};
const CURSOR = {
  scope: CATALOGUE_SCOPE,
  epoch: EPOCH,
  version: 7,
  after: null,
  startVersion: null,
} as const;
const QUESTION: PullInput = {
  protocol: PROTOCOL_VERSION,
  deviceId: DEVICE,
  serverId: SERVER,
  cursors: [CURSOR],
  maxRows: 100,
};

function openNews() {
  const world = { steady: 0, lastAnswered: 3 };
  const news = new HeardNews({
    steady: () => world.steady,
    lastAnswered: () => world.lastAnswered,
  });
  news.hear(NEWS, DEVICE);
  return { news, world };
}

test('exactly the question that was answered ahead is not asked, once', () => {
  const { news } = openNews();
  expect(news.take(QUESTION)).toBe(NEWS.answer);
  expect(news.take(QUESTION)).toBeNull();
});

const page = NEWS.answer.scopes[0];

test.each<[string, Partial<PullInput>]>([
  ['from an older version', { cursors: [{ ...CURSOR, version: 6 }] }],
  ['from a newer version', { cursors: [{ ...CURSOR, version: 8 }] }],
  ['of another history', { cursors: [{ ...CURSOR, epoch: SERVER }] }],
  ['before the first page', { cursors: [{ ...CURSOR, epoch: null }] }],
  [
    'in the middle of pages',
    { cursors: [{ ...CURSOR, after: { version: 7, entity: 0, id: SERVER } }] },
  ],
  ['of another scope', { cursors: [{ ...CURSOR, scope: SITE }] }],
  [
    'of several scopes, which have to be of one moment',
    { cursors: [CURSOR, { ...CURSOR, scope: SITE }] },
  ],
  ['under a new id of the laptop', { deviceId: SERVER }],
  ['to another server', { serverId: DEVICE }],
])('a question %s is asked', (_which, different) => {
  const { news } = openNews();
  expect(news.take({ ...QUESTION, ...different })).toBeNull();
});

test('an answer from before the server took what was sent since is no answer', () => {
  const { news, world } = openNews();
  world.lastAnswered = 4;
  expect(news.take(QUESTION)).toBeNull();
});

test('what was heard a while ago, or on a line that is gone, is asked for', () => {
  const { news, world } = openNews();
  world.steady = 60_000;
  expect(news.take(QUESTION)).toBeNull();
  news.hear(NEWS, DEVICE);
  news.forget();
  expect(news.take(QUESTION)).toBeNull();
});

test('a server with news is asked for the rest', async () => {
  const { news } = openNews();
  const asked: PullInput[] = [];
  const answer: PullOutput = { serverId: SERVER, lastNumber: 3, scopes: [] };
  const server = serverWithNews<Pick<SyncServer, 'pull'>>(
    {
      pull: async (input) => {
        asked.push(input);
        return answer;
      },
    },
    news,
  );
  const { signal } = new AbortController();
  expect(await server.pull(QUESTION, signal)).toEqual({ ...NEWS.answer, scopes: [page] });
  expect(await server.pull(QUESTION, signal)).toBe(answer);
  expect(asked).toEqual([QUESTION]);
});
