import type { Logger } from 'pino';
import { TallymanError } from '../../shared/errors.ts';
import { replicaSchema } from '../../shared/replica/replica-schema.ts';
import { type Scope, scopeKindOf } from '../../shared/sync/scope.ts';
import { SNAPSHOT_ROWS_MIN, type SnapshotManifest } from '../../shared/sync/snapshot.ts';
import type { ServerStore } from '../store/open-store.ts';
import { countChanges } from '../sync/count-changes.ts';
import { readScopeState, readScopeStates, type ScopeState } from '../sync/scope-state.ts';
import { removeLeftovers } from './building-lock.ts';
import type { BuilderResult } from './run-builder.ts';
import {
  CHANGED_SHARE_MAX,
  hasRested,
  isBuildDue,
  noteVersion,
  REST_MS,
  type ScopeRest,
} from './snapshot-need.ts';
import { isUsable, outdated, type SnapshotShelf } from './snapshot-shelf.ts';

const CHECK_INTERVAL_MS = 60_000;
/** After a failure, such as a full disk; the next try is for nothing more often than not. */
const FAILURE_PAUSE_MS = 10 * 60 * 1_000;

export interface KeeperPorts {
  store: ServerStore;
  shelf: SnapshotShelf;
  logger: Logger;
  now: () => number;
  setTimer: (ms: number, callback: () => void) => () => void;
  build: (scope: Scope, signal: AbortSignal) => Promise<BuilderResult | null>;
  /** Hears of every build here, and how long it took. */
  observe?: ((outcome: 'built' | 'failed', seconds: number) => void) | undefined;
  /** For tests with little data. */
  rowsMin?: number | undefined;
}

/** Keeps a usable snapshot of every scope that is large enough to need one, and offers it. */
export class SnapshotKeeper {
  readonly #ports: KeeperPorts;
  readonly #rowsMin: number;
  readonly #closing = new AbortController();
  #stopTimer: () => void = () => undefined;
  #nextCheckAt = 0;
  #isTidied = false;
  #check: Promise<void> | null = null;
  #rests: ReadonlyMap<Scope, ScopeRest> = new Map();
  readonly #failedAt = new Map<Scope, number>();

  constructor(ports: KeeperPorts) {
    this.#ports = ports;
    this.#rowsMin = ports.rowsMin ?? SNAPSHOT_ROWS_MIN;
  }

  start(): void {
    this.#checkIn(0);
  }

  /** The newest snapshot that a laptop with these tables can carry on from. If there should be one, it is soon built. */
  async offer(scope: Scope, fingerprint: string): Promise<SnapshotManifest | null> {
    const { store, shelf, logger } = this.#ports;
    // Listed first, so that none is newer than the state. Whatever is wrong with the shelf, laptops can fetch pages.
    const listed = await shelf.list().catch((error: unknown) => {
      logger.error({ err: error }, 'the folder of snapshots cannot be read');
      return [];
    });
    const state = await readScopeState(store.reader, scope);
    if (state === null) return null;
    const offered = newestFor(listed, { state, fingerprint, scope });
    const isOurs = fingerprint === fingerprintOf(scope);
    if (offered === null && isOurs && state.rowCount >= this.#rowsMin) this.#checkSoon();
    return offered;
  }

  /** Ends a build that is under way. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#stopTimer();
    await this.#check;
  }

  /** However many laptops ask, there is one check. */
  #checkSoon(): void {
    if (this.#check === null && this.#nextCheckAt > this.#ports.now() + REST_MS) {
      this.#checkIn(REST_MS);
    }
  }

  #checkIn(ms: number): void {
    if (this.#closing.signal.aborted) return;
    const { now, setTimer } = this.#ports;
    this.#stopTimer();
    this.#nextCheckAt = now() + ms;
    this.#stopTimer = setTimer(ms, () => {
      this.#check = this.#runCheck().finally(() => {
        this.#check = null;
      });
    });
  }

  async #runCheck(): Promise<void> {
    let nextIn = CHECK_INTERVAL_MS;
    try {
      if (!this.#isTidied) await removeLeftovers(this.#ports.shelf);
      this.#isTidied = true;
      if (await this.#buildDue()) nextIn = REST_MS;
    } catch (error) {
      if (!this.#closing.signal.aborted) {
        this.#ports.logger.error({ err: error }, 'snapshots could not be looked after');
      }
    }
    this.#checkIn(nextIn);
  }

  /** Builds what is due, one after another. Returns whether something has yet to rest. */
  async #buildDue(): Promise<boolean> {
    const { store, shelf, now } = this.#ports;
    const listed = await shelf.list();
    const states = await readScopeStates(store.reader);
    for (const { hash } of outdated(listed, states, now())) await shelf.remove(hash);
    const rests = new Map<Scope, ScopeRest>();
    let isMoving = false;
    for (const [scope, state] of states) {
      if (this.#closing.signal.aborted) return false;
      if (state.rowCount < this.#rowsMin) continue;
      const rest = noteVersion(this.#rests.get(scope), state.version, now());
      rests.set(scope, rest);
      if (!(await this.#isDue(scope, state, listed))) continue;
      if (hasRested(rest)) await this.#build(scope);
      else isMoving = true;
    }
    this.#rests = rests;
    return isMoving;
  }

  async #isDue(
    scope: Scope,
    state: ScopeState,
    listed: readonly SnapshotManifest[],
  ): Promise<boolean> {
    const { store, now } = this.#ports;
    const failedAt = this.#failedAt.get(scope);
    if (failedAt !== undefined && Math.abs(now() - failedAt) < FAILURE_PAUSE_MS) return false;
    const newest = newestFor(listed, { state, fingerprint: fingerprintOf(scope), scope });
    const rows = state.rowCount;
    const changed =
      newest === null
        ? 0
        : await countChanges(store.reader, {
            scopeId: state.scopeId,
            from: newest.version,
            // One more than would be too many is enough to know.
            max: Math.floor(rows * CHANGED_SHARE_MAX) + 1,
          });
    return isBuildDue(newest, { rows, changed, now: now() });
  }

  async #build(scope: Scope): Promise<void> {
    const { build, logger, now, observe } = this.#ports;
    const startedAt = performance.now();
    const seconds = (): number => (performance.now() - startedAt) / 1_000;
    try {
      const built = await build(scope, this.#closing.signal);
      if (built === null) return;
      this.#failedAt.delete(scope);
      observe?.('built', seconds());
      const { manifest, seconds: parts, peakBytes } = built;
      const { hash, version, bytes, plainBytes, digest } = manifest;
      logger.info(
        { scope, version, hash, rows: digest.count, bytes, plainBytes, seconds: parts, peakBytes },
        'snapshot built',
      );
    } catch (error) {
      if (this.#closing.signal.aborted) return;
      this.#failedAt.set(scope, now());
      observe?.('failed', seconds());
      const reason = error instanceof TallymanError ? error.code : 'INTERNAL';
      logger.error({ scope, reason, err: error }, 'no snapshot was built; laptops fetch pages');
    }
  }
}

function fingerprintOf(scope: Scope): string {
  return replicaSchema(scopeKindOf(scope)).fingerprint;
}

function newestFor(
  listed: readonly SnapshotManifest[],
  { scope, state, fingerprint }: { scope: Scope; state: ScopeState; fingerprint: string },
): SnapshotManifest | null {
  return (
    listed.find(
      (manifest) =>
        manifest.scope === scope &&
        manifest.fingerprint === fingerprint &&
        isUsable(manifest, state),
    ) ?? null
  );
}
