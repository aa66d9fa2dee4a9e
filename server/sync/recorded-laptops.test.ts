import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import {
  OPERATION_BYTES_MAX,
  PUSH_BYTES_MAX,
  PUSH_OPERATIONS_MAX,
} from '../../shared/sync/operation.ts';
import { PROTOCOL_VERSION, PROTOCOL_VERSION_OLDEST } from '../../shared/sync/protocol.ts';
import { creation, SendingLaptop } from '../../tests/support/sending-laptop.ts';
import { idOf, locationRow, productRow, siteRow } from '../../tests/support/server-rows.ts';
import { useTempFolders } from '../../tests/support/temp-folder.ts';
import { type RunningServer, startServer } from '../start-server.ts';
import { commitChanges } from './scope-commit.ts';

/**
 * Requests byte for byte as laptops of each protocol send them. They are in the field and stay as they are: whoever has to
 * change one here locks those laptops out.
 */
const RECORDED = {
  hello1: '{"protocol":1,"serverId":null}',
  pull1:
    '{"protocol":1,"deviceId":"01900000-0000-7000-8000-00469aee2ab6","serverId":null,"cursors":[{"scope":"catalogue","epoch":null,"version":0,"after":null,"startVersion":null}],"maxRows":5000}',
  push2:
    '{"protocol":2,"deviceId":"01900000-0000-7000-8000-00469aee2ab6","serverId":null,"operations":[{"operationId":"01900000-0000-7000-8000-0001aaaaaaaa","number":1,"changes":[{"entity":"product_note","version":1,"id":"01900000-0000-7000-8000-000000000000","kind":"create","row":{"id":"01900000-0000-7000-8000-000000000000","text":"Fragile"}}],"after":[],"at":1700000000000}]}',
  parked2:
    '{"protocol":2,"deviceId":"01900000-0000-7000-8000-00469aee2ab6","serverId":null,"operations":[{"operationId":"01900000-0000-7000-8000-0002aaaaaaaa","number":1,"parked":true}]}',
};

const newFolder = useTempFolders();
let server: RunningServer;
beforeEach(async () => {
  server = await startServer({ dataDir: newFolder(), port: 0 });
  onTestFinished(server.close);
  await commitChanges(server.store, async (tx) => {
    await tx.insert('site', [siteRow(0)]);
    await tx.insert('product', [productRow(0)]);
  });
});

async function post(procedure: string, body: string): Promise<{ status: number; said: unknown }> {
  const answer = await fetch(`${server.url}/trpc/${procedure}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  return { status: answer.status, said: await answer.json() };
}

function refusal(code: string, details: unknown = expect.anything()) {
  return { error: { data: { wire: { code, details } } } };
}

describe('S3: a laptop of an earlier protocol', () => {
  test('is greeted and gets its rows', async () => {
    expect(await post('sync.hello', RECORDED.hello1)).toMatchObject({ status: 200 });
    expect(await post('sync.pull', RECORDED.pull1)).toMatchObject({
      status: 200,
      said: {
        result: {
          data: {
            scopes: [
              {
                kind: 'page',
                more: false,
                entities: [
                  { entity: 'site', columns: ['id', 'code', 'name', 'row_version'] },
                  { entity: 'product' },
                ],
              },
            ],
          },
        },
      },
    });
  });

  test('that sends gets its answers', async () => {
    expect(await post('sync.push', RECORDED.push2)).toMatchObject({
      status: 200,
      said: { result: { data: { results: [{ outcome: { kind: 'applied' } }], stop: null } } },
    });
  });

  test('that parks gets its number used up', async () => {
    expect(await post('sync.push', RECORDED.parked2)).toMatchObject({
      status: 200,
      said: { result: { data: { results: [{ outcome: { kind: 'parked' } }] } } },
    });
  });
});

test.each([
  [PROTOCOL_VERSION_OLDEST - 1, { oldest: PROTOCOL_VERSION_OLDEST }],
  [PROTOCOL_VERSION + 1, { newest: PROTOCOL_VERSION }],
])(
  'protocol %i is outside of what is served, and the answer says which side is older',
  async (protocol, details) => {
    for (const [procedure, recorded] of [
      ['sync.hello', RECORDED.hello1],
      ['sync.pull', RECORDED.pull1],
      ['sync.push', RECORDED.push2],
    ] as const) {
      const body = JSON.stringify({ ...(JSON.parse(recorded) as object), protocol });
      expect(await post(procedure, body)).toMatchObject({
        status: 412,
        said: refusal('UPGRADE_REQUIRED', { protocol, ...details }),
      });
    }
    expect(await server.store.reader.selectFrom('sync_device').selectAll().execute()).toEqual([]);
  },
);

describe('the size of a request', () => {
  function bodyOf(operations: readonly unknown[]): string {
    const { serverId } = server.store;
    return JSON.stringify({ protocol: PROTOCOL_VERSION, deviceId: idOf(70), serverId, operations });
  }

  /** As large as operations of this many rows get. */
  function large(laptop: SendingLaptop, rows: number, from: number) {
    return laptop.operation(
      Array.from({ length: rows }, (_, at) =>
        creation('location', locationRow(from + at, { note: 'n'.repeat(3_000) })),
      ),
    );
  }

  test('may be a full push whose last operation is as large as one may be', async () => {
    const laptop = new SendingLaptop(server.store, 70);
    const operations = Array.from({ length: PUSH_OPERATIONS_MAX - 1 }, (_, at) =>
      laptop.operation(creation('location', locationRow(at + 1, { note: 'n'.repeat(900) }))),
    );
    operations.push(large(laptop, 315, 1_000));
    const last = JSON.stringify(operations.at(-1)).length;
    const all = bodyOf(operations);
    expect(last).toBeGreaterThan(OPERATION_BYTES_MAX * 0.95);
    expect(last).toBeLessThanOrEqual(OPERATION_BYTES_MAX);
    expect(all.length - last).toBeGreaterThan(PUSH_BYTES_MAX * 0.95);
    const { status, said } = await post('sync.push', all);
    expect(status).toBe(200);
    const { results } = (said as { result: { data: { results: { outcome: unknown }[] } } }).result
      .data;
    expect(results).toHaveLength(PUSH_OPERATIONS_MAX);
    expect(results.at(-1)?.outcome).toMatchObject({ kind: 'applied' });
  });

  test('beyond what is read at all is said to be too large', async () => {
    const laptop = new SendingLaptop(server.store, 70);
    const body = bodyOf([large(laptop, 900, 0)]);
    expect(await post('sync.push', body)).toMatchObject({
      status: 413,
      said: refusal('TOO_LARGE'),
    });
  });
});

test('a copied laptop is told by its code', async () => {
  await post('sync.push', RECORDED.push2);
  expect(await post('sync.push', RECORDED.parked2)).toMatchObject({
    status: 409,
    said: refusal('DEVICE_COPIED', { number: 1 }),
  });
});
