import type { SyncEvent, SyncRunResult } from '../../../shared/desktop/sync-state.ts';
import { PROTOCOL_VERSION, PULL_SCOPES_MAX } from '../../../shared/sync/protocol.ts';
import type { Scope } from '../../../shared/sync/scope.ts';
import type { SyncUnit } from '../../../shared/sync/sync-unit.ts';
import type { HeardNews } from './heard-news.ts';
import { PokeFollower } from './poke-follower.ts';
import { forgetPokes, type PokeTakers, takePoke } from './take-poke.ts';
import { PokeListener, type PokeListenerOptions, type PokeTarget } from './poke-listener.ts';

export interface PokeConfiguration {
  serverUrl: string | null;
  sync: { syncOnPoke: boolean };
}

export interface LaptopPokesOptions extends Pick<
  PokeListenerOptions,
  'connect' | 'now' | 'random' | 'sleep' | 'onLive'
> {
  configuration: PokeConfiguration;
  /** Where answers go that come with pokes. */
  news: HeardNews;
  /** Whether syncs start by themselves here. */
  isAutomatic: boolean;
  deviceId: () => string;
  trustedServer: () => string | null;
  followedScopes: () => readonly { scope: Scope }[];
  heldVersion: (scope: Scope) => number | null;
  /** The unit that is being run; null if none is. */
  runningUnit: () => SyncUnit | null;
  trigger: (unit: SyncUnit) => void;
  setTimer: (ms: number, callback: () => void) => () => void;
}

/** All about the pokes of one data folder: who listens when to what, and which runs follow from it. */
export class LaptopPokes {
  readonly #options: LaptopPokesOptions;
  readonly #listener: PokeListener;
  readonly #follower: PokeFollower;
  readonly #takers: PokeTakers;
  #configuration: PokeConfiguration;
  #isOffline = false;
  #isClosed = false;
  #isRenewalDue = false;

  constructor(options: LaptopPokesOptions) {
    this.#options = options;
    this.#configuration = options.configuration;
    const { heldVersion, trigger, random, setTimer, runningUnit } = options;
    // Photos bring no rows, and give way to what does.
    const isBusy = (): boolean => ![null, 'photos'].includes(runningUnit());
    this.#follower = new PokeFollower({ heldVersion, isBusy, trigger, random, setTimer });
    this.#takers = { follower: this.#follower, news: options.news, heldVersion };
    this.#listener = new PokeListener({
      ...options,
      onVersions: (poke, line) => takePoke(this.#takers, poke, line),
    });
    this.#aim();
  }

  configure(configuration: PokeConfiguration): void {
    this.#configuration = configuration;
    this.#aim();
  }

  setOffline(isOffline: boolean): void {
    this.#isOffline = isOffline;
    this.#aim();
  }

  /** The machine woke up, or its network changed: the line may be dead. */
  renew(): void {
    this.#listener.renew();
  }

  /** The line has to be in the name of whoever works here now. A run that is under way keeps its own until it ends. */
  changePerson(): void {
    this.#listener.renew();
    this.#isRenewalDue = this.#options.runningUnit() !== null;
  }

  /** To be told of everything that the sync tells. */
  hear(event: SyncEvent): void {
    if (event.type === 'onSyncComplete') this.#runEnded(event.result);
    if (event.type === 'onSyncError') this.#runEnded(event.result);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    forgetPokes(this.#takers);
    await this.#listener.close();
  }

  #runEnded({ outcome }: SyncRunResult): void {
    if (this.#isClosed) return;
    this.#aim();
    if (this.#isRenewalDue) this.#listener.renew();
    this.#isRenewalDue = false;
    // The queue is still closing the run; what it does next is up to it.
    setImmediate(() => {
      if (this.#isClosed) return;
      if (outcome === 'error' && this.#follower.isBehind()) this.#listener.doubt();
      else this.#follower.consider();
    });
  }

  #aim(): void {
    this.#listener.aim(this.#target());
  }

  #target(): PokeTarget | null {
    const { isAutomatic, deviceId, trustedServer, followedScopes } = this.#options;
    const { serverUrl: url, sync } = this.#configuration;
    if (!isAutomatic || !sync.syncOnPoke || this.#isOffline || url === null) return null;
    const scopes = followedScopes().map(({ scope }) => scope);
    // Before the first sync there is nothing to compare a version with.
    if (scopes.length === 0) return null;
    return {
      url,
      input: {
        protocol: PROTOCOL_VERSION,
        deviceId: deviceId(),
        serverId: trustedServer(),
        scopes: scopes.slice(0, PULL_SCOPES_MAX),
      },
    };
  }
}
