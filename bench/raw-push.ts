import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { openWritable, type WritableDatabase } from '../main/store/sqlite.ts';
import { createServerFetch } from '../main/sync/server-fetch.ts';
import { DATABASE_FILE, openStore } from '../server/store/open-store.ts';
import { CHECKPOINT_PAGES } from '../server/store/engine/sqlite-dialect.ts';
import { PUSH_OPERATIONS_MAX } from '../shared/sync/operation.ts';
import { PROTOCOL_VERSION } from '../shared/sync/protocol.ts';
import { median } from './statistics.ts';
import { timed } from './stopwatch.ts';

/** A note's operation as it travels. */
const OPERATION_BYTES = 275;
/** Of the round trips, which are short. */
const TIMES = 10;

/**
 * The limit of a push: what any server has to write that takes operations in exactly once and lets laptops follow, with
 * nothing around it. That is the row, its entry in the change index, and the answer under the operation's number; without
 * the last, a laptop that lost an answer would do its work twice. All in one durable transaction, into tables as the
 * server's own migrations make them, with neither checks nor look-ups. And the round trips, with bodies as large.
 */
export class RawPush {
  readonly #db: WritableDatabase;
  readonly #http = createServerFetch();
  readonly #serverUrl: string;
  readonly #deviceId = uuidv7();
  #number = 0;

  private constructor(db: WritableDatabase, serverUrl: string) {
    this.#db = db;
    this.#serverUrl = serverUrl;
  }

  /** `folder` is one that exists; the database is made in it. */
  static async open(folder: string, serverUrl: string): Promise<RawPush> {
    const dataDir = join(folder, 'raw-push');
    const store = await openStore({ dataDir });
    await store.close();
    const db = openWritable(join(dataDir, DATABASE_FILE), { durability: 'FULL' });
    db.pragma('foreign_keys = OFF');
    // As on the server: a checkpoint is no part of a push.
    db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    return new RawPush(db, serverUrl);
  }

  /** Notes of these products, new or written over. In milliseconds. */
  insert(productIds: readonly string[], text: string, version: number): number {
    const note = this.#db.prepare(
      `INSERT INTO product_note (id, text, row_version) VALUES (?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET text = excluded.text, row_version = excluded.row_version`,
    );
    const entry = this.#db.prepare(
      `INSERT INTO sync_change (scope_id, entity, id, version, operation, row_hash) VALUES (1, 7, ?, ?, 0, ?)
       ON CONFLICT (scope_id, entity, id) DO UPDATE SET version = excluded.version, row_hash = excluded.row_hash`,
    );
    const answer = this.#db.prepare(
      `INSERT INTO sync_mutation (device_id, number, operation_id, fingerprint, outcome, answered_at)
       VALUES (?, ?, ?, ?, ?, ?)`,
    );
    const fingerprint = `product_note@1 ${'f'.repeat(43)}`;
    const outcome = JSON.stringify({
      kind: 'applied',
      versions: { catalogue: version },
      merged: [],
    });
    const operationIds = productIds.map(() => uuidv7());
    return timed(() => {
      this.#db.exec('BEGIN IMMEDIATE');
      for (const id of productIds) note.run(id, text, version);
      for (const id of productIds) entry.run(id, version, 2 ** 39);
      for (const id of operationIds) {
        answer.run(this.#deviceId, ++this.#number, id, fingerprint, outcome, Date.now());
      }
      this.#db.exec('COMMIT');
    });
  }

  /** The round trips of a run that sends as many operations and pulls once. In milliseconds. */
  async roundTrips(operations: number): Promise<number> {
    const times: number[] = [];
    for (let time = 0; time < TIMES; time++) {
      const startedAt = performance.now();
      for (let left = operations; left > 0; left -= PUSH_OPERATIONS_MAX) {
        await this.#roundTrip(Math.min(left, PUSH_OPERATIONS_MAX) * OPERATION_BYTES);
      }
      await this.#roundTrip(0);
      times.push(performance.now() - startedAt);
    }
    return median(times);
  }

  async close(): Promise<void> {
    this.#db.close();
    await this.#http.close();
  }

  /** The smallest procedure of the server. White space after its input is received like any other body, and no work. */
  async #roundTrip(bytes: number): Promise<void> {
    const input = JSON.stringify({ protocol: PROTOCOL_VERSION, serverId: null });
    await this.#http.fetch(`${this.#serverUrl}/trpc/sync.hello`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: input.padEnd(bytes),
    });
  }
}
