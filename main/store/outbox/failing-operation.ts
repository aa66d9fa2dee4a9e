import type { WritableDatabase } from '../sqlite.ts';

/** An operation that failed this often by itself is asked to be passed over. */
const FAILURES_BEFORE_PARKING = 5;

/**
 * Counts a failure of one operation for a reason that may pass. True once it has failed so often that its number is now
 * sent as parked, so that later ones can pass.
 */
export function noteFailure(db: WritableDatabase, operationId: string): boolean {
  const { failures } = db
    .prepare(
      `UPDATE operation SET failures = failures + 1,
         parking = CASE WHEN failures + 1 >= ${FAILURES_BEFORE_PARKING} THEN 1 ELSE 0 END
       WHERE operation_id = ? RETURNING failures`,
    )
    .get(operationId) as { failures: number };
  return failures >= FAILURES_BEFORE_PARKING;
}

/** The server failed at everything, so the operation is not to blame. */
export function forgiveFailures(db: WritableDatabase): void {
  db.prepare("UPDATE operation SET failures = 0, parking = 0 WHERE state = 'waiting'").run();
}
