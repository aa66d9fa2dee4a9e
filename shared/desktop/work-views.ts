import { z } from 'zod';
import type { StoredRow, StoredValue } from '../entities/define-entity.ts';
import type { ErrorCode } from '../errors.ts';
import type { ConflictKind } from '../sync/operation.ts';

/**
 * Where one operation stands.
 *   waiting  not sent, or sent and not answered        held      waits until a conflict on its row is settled
 *   rejected, blocked, parked  refused: a person can fix, send again, export or discard it
 *   applied  the server has it                         conflict  what did not conflict is applied, the rest is asked
 *   discarded  given up by a person
 */
export type OperationState =
  'waiting' | 'held' | 'applied' | 'conflict' | 'rejected' | 'blocked' | 'parked' | 'discarded';

/** One action of a person, for lists. */
export interface OperationView {
  operationId: string;
  state: OperationState;
  /** Of its first change, which is what it is about. */
  entity: string;
  rowId: string;
  kind: 'create' | 'update' | 'remove';
  /** Rows changed. */
  changes: number;
  /** What a person recognises it by, as the row's name or code; null if it has none. */
  title: string | null;
  /** The fields given or changed, as they are after it. */
  fields: StoredRow;
  /** UTC epoch milliseconds by this laptop's clock. */
  at: number;
  /** Numbered, so it may have reached the server already. */
  sent: boolean;
  attempts: number;
  reason: { code: ErrorCode; message: string } | null;
}

export const pendingInput = z.strictObject({
  limit: z.int().min(1).max(500).default(100),
  /** Everything not settled, or only what a person must look at, or what was settled last. */
  show: z.enum(['open', 'attention', 'settled']).default('open'),
  /** What comes after the page whose `next` this was. */
  after: z.int().min(0).optional(),
});
export type PendingInput = z.output<typeof pendingInput>;

export interface PendingResult {
  /** Operations that wait to be sent or answered. */
  waiting: number;
  /** Operations that were refused. */
  attention: number;
  /** Of `show`, oldest first; settled ones newest first. */
  items: readonly OperationView[];
  /** Where the next page starts; null if there may be none. */
  next: number | null;
}

/** One field of one row that a person has to decide about; a whole row if `field` is null. */
export interface ConflictView {
  id: string;
  operationId: string;
  entity: string;
  rowId: string;
  kind: ConflictKind;
  title: string | null;
  field: string | null;
  base: StoredValue | StoredRow;
  mine: StoredValue | StoredRow;
  theirs: StoredValue | StoredRow;
  /** When it was found, UTC epoch milliseconds. */
  at: number;
}

export const resolveInput = z.strictObject({
  /** Decisions about one row are one operation. */
  resolutions: z
    .array(
      z.strictObject({
        conflictId: z.uuid(),
        choice: z.union([
          z.literal('mine'),
          z.literal('theirs'),
          z.strictObject({ merged: z.union([z.string().max(100_000), z.int(), z.null()]) }),
        ]),
      }),
    )
    .min(1)
    .max(100),
});
export type Resolution = z.output<typeof resolveInput>['resolutions'][number];

export const operationIdInput = z.strictObject({ operationId: z.uuid() });

/** `fields` are what the person put right in the operation's first change. */
export const retryInput = operationIdInput.extend({
  fields: z
    .record(z.string().max(64), z.union([z.string().max(100_000), z.int(), z.null()]))
    .default({}),
});
export type RetryInput = z.output<typeof retryInput>;
