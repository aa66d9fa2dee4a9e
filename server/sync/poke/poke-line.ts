import type { News, PokeEvent, ScopeVersion } from '../../../shared/sync/poke-protocol.ts';
import type { Scope } from '../../../shared/sync/scope.ts';
import type { ScopeNews } from './poke-news.ts';

export interface OpenLine {
  deviceId: string;
  scopes: readonly Scope[];
  /** Whether small changes are told with the version that they make. */
  bringsNews: boolean;
  /** Whether whoever asked may still listen to all of them. */
  mayListen: () => Promise<boolean>;
}

/**
 * One laptop that listens. What it has not taken yet is kept as one version per scope, so a slow one costs no more than a
 * quick one, and misses nothing that matters.
 */
export class PokeLine {
  readonly deviceId: string;
  readonly scopes: readonly Scope[];
  readonly #bringsNews: boolean;
  readonly #mayListen: () => Promise<boolean>;
  /** The newest look at the rights that has not ended yet; null if none is under way. */
  #doubt: symbol | null = null;
  readonly #now: () => number;
  readonly #waiting = new Map<Scope, number>();
  readonly #told = new Map<Scope, number>();
  #waitingSince: number | null = null;
  #spreadMs = 0;
  #news: News | null = null;
  #goodbye: PokeEvent | null = null;
  #isEnded = false;
  #wake: (() => void) | null = null;

  constructor({ deviceId, scopes, bringsNews, mayListen }: OpenLine, now: () => number) {
    this.deviceId = deviceId;
    this.scopes = scopes;
    this.#bringsNews = bringsNews;
    this.#mayListen = mayListen;
    this.#now = now;
  }

  /** What was read of the scopes themselves and is being told. */
  begin(versions: readonly ScopeVersion[]): void {
    for (const { scope, version } of versions) {
      if ((this.#told.get(scope) ?? -1) > version) continue;
      this.#told.set(scope, version);
      this.#waiting.delete(scope);
    }
    if (this.#waiting.size === 0) this.#waitingSince = null;
  }

  /** Has somebody look whether they may still listen. Until then no rows are told; a look that began before does not count. */
  doubt(): void {
    const doubt = Symbol('doubt');
    this.#doubt = doubt;
    void this.#mayListen().then((mayListen) => {
      if (!mayListen) this.end();
      else if (this.#doubt === doubt) this.#doubt = null;
    });
  }

  /** The version of a scope that the laptop was told last. */
  toldOf(scope: Scope): number | null {
    return this.#told.get(scope) ?? null;
  }

  tell({ scope, version }: ScopeVersion, spreadMs: number, news: ScopeNews | null): void {
    const told = this.#told.get(scope) ?? -1;
    if (version <= told) return;
    this.#told.set(scope, version);
    // What waits together with something else has to be asked for anyway.
    const isAlone = this.#waiting.size === 0;
    const mayBring = this.#bringsNews && isAlone && this.#doubt === null;
    this.#news = mayBring && news?.from === told ? news.newsFor(this.deviceId) : null;
    this.#waiting.set(scope, version);
    this.#waitingSince ??= this.#now();
    this.#spreadMs = Math.max(this.#spreadMs, spreadMs);
    this.#wakeUp();
  }

  /** `goodbye` is the last that the laptop hears; without one the line just ends. */
  end(goodbye: PokeEvent | null = null): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#goodbye = goodbye;
    this.#wakeUp();
  }

  /** For how long the laptop has not taken what waits for it. */
  stuckMs(): number {
    return this.#waitingSince === null ? 0 : this.#now() - this.#waitingSince;
  }

  /** All that has come together since the last call; null at the end. */
  async next(): Promise<PokeEvent | null> {
    while (this.#waiting.size === 0 && !this.#isEnded) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#isEnded) {
      const goodbye = this.#goodbye;
      this.#goodbye = null;
      return goodbye;
    }
    const versions = [...this.#waiting].map(([scope, version]) => ({ scope, version }));
    const spreadMs = this.#spreadMs;
    const news = this.#news;
    this.#news = null;
    this.#waiting.clear();
    this.#waitingSince = null;
    this.#spreadMs = 0;
    return { kind: 'versions', versions, news, spreadMs };
  }

  #wakeUp(): void {
    this.#wake?.();
    this.#wake = null;
  }
}
