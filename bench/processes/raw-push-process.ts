import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { openWritable } from '../../main/store/sqlite.ts';
import { serveProcess } from '../bench-process.ts';
import { median } from '../statistics.ts';
import { timed } from '../stopwatch.ts';

export interface RawPushInput {
  folder: string;
  operations: number;
  repeats: number;
}

export interface RawPushOutput {
  seconds: number;
}

/** The limit of taking operations in: one durable transaction that inserts their rows, as the server's table has them. */
serveProcess(async ({ folder, operations, repeats }: RawPushInput): Promise<RawPushOutput> => {
  const db = openWritable(join(folder, 'raw-push.db'), { durability: 'FULL' });
  db.exec(
    'CREATE TABLE product_note (id TEXT PRIMARY KEY, text TEXT NOT NULL, row_version INTEGER NOT NULL) STRICT, WITHOUT ROWID',
  );
  const insert = db.prepare('INSERT INTO product_note VALUES (?, ?, ?)');
  const seconds: number[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const ids = Array.from({ length: operations }, () => uuidv7());
    const ms = timed(() => {
      db.exec('BEGIN IMMEDIATE');
      for (const id of ids) insert.run(id, `A note of run ${repeat}`, repeat);
      db.exec('COMMIT');
    });
    seconds.push(ms / 1_000);
  }
  db.close();
  return { seconds: median(seconds) };
});
