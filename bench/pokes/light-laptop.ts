import { HeardNews, serverWithNews } from '../../main/sync/poke/heard-news.ts';
import { PokeFollower } from '../../main/sync/poke/poke-follower.ts';
import { createHttpPokeServer } from '../../main/sync/poke/http-poke-server.ts';
import { PokeListener } from '../../main/sync/poke/poke-listener.ts';
import { takePoke } from '../../main/sync/poke/take-poke.ts';
import { sleepUntilAborted } from '../../main/sync/poke/sleep-until-aborted.ts';
import { createTrpcSyncServer, type TrpcSyncServer } from '../../main/sync/trpc-sync-server.ts';
import { must } from '../../shared/domain/assert.ts';
import {
  PROTOCOL_VERSION,
  PULL_ROWS_DEFAULT,
  type PullCursor,
} from '../../shared/sync/protocol.ts';
import { CATALOGUE_SCOPE, type Scope } from '../../shared/sync/scope.ts';
import type { SyncUnit } from '../../shared/sync/sync-unit.ts';

export interface LightLaptopOptions {
  serverUrl: string;
  deviceId: string;
  scopes: readonly Scope[];
  random: () => number;
  /** A row is here; milliseconds since the epoch. */
  onRow: (id: string, at: number) => void;
}

/**
 * A laptop without its thread and its files: the line, what follows from a poke, the calls and their decompression are those
 * of the app. Rows are counted instead of stored.
 */
export class LightLaptop {
  readonly #options: LightLaptopOptions;
  readonly #server: TrpcSyncServer;
  readonly #listener: PokeListener;
  readonly #follower: PokeFollower;
  readonly #cursors: Map<Scope, PullCursor>;
  readonly #closing = new AbortController();
  #pulling: Promise<void> | null = null;
  isLive = false;
  pulls = 0;
  failures = 0;

  constructor(options: LightLaptopOptions) {
    this.#options = options;
    // It sends nothing, so there is no answer that could be older than what it sent.
    const news = new HeardNews({ steady: () => performance.now(), lastAnswered: () => 0 });
    this.#server = serverWithNews(createTrpcSyncServer(options.serverUrl), news);
    this.#cursors = new Map(options.scopes.map((scope) => [scope, firstCursor(scope)]));
    const heldVersion = (scope: Scope): number | null => this.#cursors.get(scope)?.version ?? null;
    this.#follower = new PokeFollower({
      heldVersion,
      isBusy: () => this.#pulling !== null,
      trigger: (unit) => void this.#pull(unit),
      random: options.random,
      setTimer: (ms, callback) => {
        const timer = setTimeout(callback, ms);
        return () => clearTimeout(timer);
      },
    });
    this.#listener = new PokeListener({
      connect: async (url) => createHttpPokeServer(url),
      now: Date.now,
      random: options.random,
      sleep: sleepUntilAborted,
      onLive: (isLive) => {
        this.isLive = isLive;
      },
      onVersions: (poke, line) =>
        takePoke({ follower: this.#follower, news, heldVersion }, poke, line),
    });
  }

  /** Fetches what there is, and listens from then on. */
  async start(): Promise<void> {
    await this.#pull('full');
    const { serverUrl: url, deviceId, scopes } = this.#options;
    const input = { protocol: PROTOCOL_VERSION, serverId: null, deviceId, scopes: [...scopes] };
    this.#listener.aim({ url, input });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#follower.forget();
    await this.#listener.close();
    await this.#pulling;
    await this.#server.close();
  }

  async #pull(unit: SyncUnit): Promise<void> {
    const failuresBefore = this.failures;
    this.#pulling = this.#fetchRows(unit);
    await this.#pulling;
    this.#pulling = null;
    // As the app does.
    if (this.failures > failuresBefore) this.#listener.doubt();
    else this.#follower.consider();
  }

  async #fetchRows(unit: SyncUnit): Promise<void> {
    this.pulls += 1;
    const { deviceId, onRow } = this.#options;
    try {
      const answer = await this.#server.pull(
        {
          protocol: PROTOCOL_VERSION,
          deviceId,
          serverId: null,
          cursors: [...this.#cursors.values()].filter(({ scope }) => isOf(unit, scope)),
          maxRows: PULL_ROWS_DEFAULT,
        },
        this.#closing.signal,
      );
      for (const page of answer.scopes) {
        if (page.kind !== 'page') continue;
        const { scope, epoch, version } = page;
        this.#cursors.set(scope, { scope, epoch, version, after: null, startVersion: null });
        for (const { columns, rows } of page.entities) {
          const id = columns.indexOf('id');
          for (const row of rows) onRow(String(must(row[id], 'the id of a row')), Date.now());
        }
      }
    } catch {
      this.failures += 1;
    }
  }
}

function isOf(unit: SyncUnit, scope: Scope): boolean {
  return unit === 'full' || (unit === 'catalogue') === (scope === CATALOGUE_SCOPE);
}

function firstCursor(scope: Scope): PullCursor {
  return { scope, epoch: null, version: 0, after: null, startVersion: null };
}
