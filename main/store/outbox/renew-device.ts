import type { OutboxStore } from './outbox-store.ts';

/**
 * Goes on under a new device id, numbering from 1. For a folder that was copied or restored, whose numbers another laptop
 * has used; and for a server that was restored and misses numbers: what it answered from `lostFrom` on is sent again.
 * Operations keep their ids, by which the server knows those that it has. Returns how many are sent again.
 */
export function renewDevice(
  { db, outbox }: OutboxStore,
  { deviceId, lostFrom }: { deviceId: string; lostFrom: number | null },
): number {
  return outbox.together(() => {
    let resent = 0;
    if (lostFrom !== null) {
      const lost = `state IN ('applied', 'conflict') AND number >= ?
        AND device_id = (SELECT device_id FROM device)`;
      // What was asked about them is judged anew; what a person has decided since is an operation of its own.
      db.prepare(
        `DELETE FROM conflict WHERE resolved IS NULL
           AND position IN (SELECT position FROM operation WHERE ${lost})`,
      ).run(lostFrom);
      resent = db
        .prepare(`UPDATE operation SET state = 'waiting', settled_at = NULL WHERE ${lost}`)
        .run(lostFrom).changes;
    }
    db.prepare(
      "UPDATE operation SET number = NULL, device_id = NULL, parking = 0 WHERE state = 'waiting'",
    ).run();
    db.prepare('UPDATE device SET device_id = ?, next_number = 1').run(deviceId);
    return resent;
  });
}
