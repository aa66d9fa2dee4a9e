import { z } from 'zod';
import type { StoredValue } from '../entities/define-entity.ts';
import type { ErrorCode } from '../errors.ts';
import { BUCKET_COUNT, type Digest } from './digest.ts';
import {
  operationField,
  parkedOperationField,
  PUSH_OPERATIONS_MAX,
  type PushResult,
} from './operation.ts';
import { type Scope, scopeField } from './scope.ts';

/**
 * The sync protocol, spoken over tRPC. The server answers the current and two earlier versions.
 * Rows travel in stored form as arrays under one column header: the entity's columns in order, `row_version` last.
 *
 *   1  pull, digests, bucketRows   2  push; pull says which of the laptop's own operations it contains
 *   3  people sign in; operations name their author; pokes
 */
export const PROTOCOL_VERSION = 3;
const PROTOCOL_VERSIONS_SERVED = 3;
export const PROTOCOL_VERSION_OLDEST = Math.max(1, PROTOCOL_VERSION - PROTOCOL_VERSIONS_SERVED + 1);

/** Upper bound of rows and deletes in one answer; the laptop asks for fewer when its steps take long. */
const PULL_ROWS_MAX = 10_000;
export const PULL_ROWS_DEFAULT = 5_000;
/** A laptop follows few scopes; the bound keeps one request's work bounded. */
export const PULL_SCOPES_MAX = 64;

const versionField = z.int().min(0);
const serverIdField = z.uuid();

/** Where a page ended, in the order (version, entity, id) of the change index. `entity` is its place in the registry. */
export const pageTokenField = z.strictObject({
  version: versionField,
  entity: z.int().min(0).max(255),
  id: z.uuid(),
});
export type PageToken = z.output<typeof pageTokenField>;

export const pullCursorField = z.strictObject({
  scope: scopeField,
  /** Null before the first page ever. */
  epoch: z.uuid().nullable(),
  /** Everything up to here is held. 0 before the first sync is whole. */
  version: versionField,
  /** Set between the pages of one delta or first sync. */
  after: pageTokenField.nullable(),
  /**
   * The scope's version when the first sync's first page was made. Tombstones up to it are of no use to a laptop that
   * started empty, and are left out.
   */
  startVersion: versionField.nullable(),
});
export type PullCursor = z.output<typeof pullCursorField>;

/** What the laptop believes it is talking to. Null on first contact. A server that is not it refuses (SERVER_REPLACED). */
const serverIdExpectation = serverIdField.nullable();

export const helloInput = z.strictObject({
  protocol: z.int().min(0),
  serverId: serverIdExpectation,
});
export type HelloInput = z.output<typeof helloInput>;

export interface HelloOutput {
  serverId: string;
  /** Of the organisation, for people. */
  serverName: string;
  protocol: number;
  protocolOldest: number;
  /** UTC epoch milliseconds. For people and for measuring clock offset only; never orders anything. */
  serverTime: number;
  /** Every scope that this laptop may follow. */
  scopes: readonly { scope: Scope; siteCode: string | null; name: string; rows: number }[];
}

export const pullInput = z.strictObject({
  protocol: z.int().min(0),
  deviceId: z.uuid(),
  serverId: serverIdExpectation,
  cursors: z.array(pullCursorField).min(1).max(PULL_SCOPES_MAX),
  maxRows: z.int().min(1).max(PULL_ROWS_MAX),
});
export type PullInput = z.output<typeof pullInput>;

export interface EntityPage {
  /** A newer server may send entities that this app does not know yet. */
  entity: string;
  /** The entity's columns in order, those that only a newer server knows after the others, `row_version` last. */
  columns: readonly string[];
  /** Stored values in that order. */
  rows: readonly (readonly StoredValue[])[];
  /** Ids of rows that were deleted or left the scope. */
  deletes: readonly string[];
}

/** One scope's part of an answer. All parts of an answer are read from one snapshot. */
export type ScopeAnswer =
  | {
      kind: 'page';
      scope: Scope;
      epoch: string;
      /** The scope's version in this answer's snapshot. */
      version: number;
      entities: readonly EntityPage[];
      /** More pages follow: ask again with `after`. When false, the laptop now holds exactly `version`. */
      more: boolean;
      after: PageToken | null;
      /**
       * Rows and deletes after this page, on the first page of a delta that has more. Counted up to a bound, so it may be
       * more than it says; null on all other pages.
       */
      following?: number | null | undefined;
      /** Of the whole scope at `version`. */
      digest: Digest;
    }
  /** The cursor's epoch or version is not of this history, or is older than the retained tombstones: fetch it anew. */
  | {
      kind: 'resync';
      scope: Scope;
      epoch: string;
      version: number;
      reason: 'epoch' | 'ahead' | 'retention';
      digest: Digest;
    }
  | { kind: 'unknown'; scope: Scope };

export interface PullOutput {
  serverId: string;
  /**
   * The number of this device's newest operation in the snapshot: the rows show the effects of all up to it and of none
   * after it. 0 if the device has sent none.
   */
  lastNumber: number;
  scopes: readonly ScopeAnswer[];
}

export const pushInput = z.strictObject({
  protocol: z.int().min(0),
  deviceId: z.uuid(),
  serverId: serverIdExpectation,
  /** In the order of their numbers, without gaps. */
  operations: z
    .array(z.union([operationField, parkedOperationField]))
    .min(1)
    .max(PUSH_OPERATIONS_MAX),
});
export type PushInput = z.output<typeof pushInput>;

/**
 * `results` are of the first operations of the request, in order. Fewer than were sent: the rest was not looked at, because
 * of `stop`. A number that was used for another operation before is refused as a whole: DEVICE_COPIED.
 */
export interface PushOutput {
  serverId: string;
  results: readonly PushResult[];
  stop:
    | null
    /** The server misses numbers, as after a restored backup: send again from `expected`. */
    | { kind: 'gap'; expected: number }
    /** This operation failed for a reason that may pass. Its number is not used up. */
    | { kind: 'retry'; number: number; code: ErrorCode; message: string; afterMs: number };
}

export const digestsInput = z.strictObject({
  protocol: z.int().min(0),
  serverId: serverIdExpectation,
  scope: scopeField,
});
export type DigestsInput = z.output<typeof digestsInput>;

export interface DigestsOutput {
  epoch: string;
  version: number;
  /** 256 buckets per entity, by `bucketOf(id)`. */
  entities: readonly { entity: string; buckets: readonly Digest[] }[];
}

export const bucketRowsInput = z.strictObject({
  protocol: z.int().min(0),
  serverId: serverIdExpectation,
  scope: scopeField,
  entity: z.string().max(64),
  buckets: z
    .array(
      z
        .int()
        .min(0)
        .max(BUCKET_COUNT - 1),
    )
    .min(1)
    .max(BUCKET_COUNT),
  /** Rows with a greater id. Null for the first page. */
  afterId: z.uuid().nullable(),
  maxRows: z.int().min(1).max(PULL_ROWS_MAX),
});
export type BucketRowsInput = z.output<typeof bucketRowsInput>;

/** Rows in id order. If `version` is not the laptop's, it pulls and compares again before it trusts them. */
export interface BucketRowsOutput {
  epoch: string;
  version: number;
  page: EntityPage;
  more: boolean;
}
