import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { startServer } from '../../server/start-server.ts';
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts';
import { idOf } from '../../tests/support/server-rows.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { createHttpPhotoServer } from './photos/http-photo-server.ts';
import { createTrpcSyncServer } from './trpc-sync-server.ts';

const newFolder = useTempFolders();
const { signal } = new AbortController();

async function failureOf(work: Promise<unknown>): Promise<{ requestId: unknown }> {
  const error = await work.then(
    () => null,
    (failure: unknown) => failure,
  );
  return (error as { details: { requestId: unknown } }).details;
}

test('the id that comes with a failure is the one in the log of the server', async () => {
  const lines: { reqId?: string; msg?: string }[] = [];
  const logger = pino(
    { level: 'info' },
    { write: (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[number]) },
  );
  const server = await startServer({ dataDir: newFolder(), port: 0, logger });
  onTestFinished(server.close);
  const [laptop, photos] = [createTrpcSyncServer(server.url), createHttpPhotoServer(server.url)];
  onTestFinished(async () => {
    await Promise.all([laptop.close(), photos.close()]);
  });
  const body = new Uint8Array(10);
  const asked = { protocol: PROTOCOL_VERSION, serverId: idOf(1), scope: 'catalogue' } as const;
  const refused = [
    await failureOf(laptop.digests(asked, signal)),
    await failureOf(photos.put({ hash: 'a'.repeat(64), at: 0, body, total: 10 }, signal)),
    await failureOf(laptop.snapshotBytes('b'.repeat(64), 0, signal)[Symbol.asyncIterator]().next()),
  ];
  const logged = lines.filter(({ msg }) => msg === 'request').map(({ reqId }) => reqId);
  expect(refused.map(({ requestId }) => requestId)).toEqual(logged);
  expect(new Set(logged).size).toBe(3);
});

test('a request that reached nobody has an id as well', async () => {
  const laptop = createTrpcSyncServer('http://127.0.0.1:1');
  onTestFinished(laptop.close);
  const failure = await failureOf(laptop.time(signal));
  expect(failure.requestId).toMatch(/^[0-9a-f-]{36}$/);
});
