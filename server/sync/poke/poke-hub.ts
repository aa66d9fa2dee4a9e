import type { ScopeVersion } from '../../../shared/sync/poke-protocol.ts';
import type { Scope } from '../../../shared/sync/scope.ts';
import type { ScopeVersions, VersionFeed } from '../../store/feed/version-feed.ts';
import { type OpenLine, PokeLine } from './poke-line.ts';
import type { NewsRequest, ScopeNews } from './poke-news.ts';

/** A scope's commits that follow each other faster than this are one poke. The first after a rest goes out at once. */
const POKE_INTERVAL_MS = 200;
/** Laptops that hear the same poke ask at random moments of a time that grows with their number: a pull takes this long. */
const SPREAD_PER_LAPTOP_MS = 3;
/** A few come at once without harm. */
const AT_ONCE_MAX = 20;
/** Lines that are told in one go; then requests get their turn. */
const LINES_PER_STEP = 100;
/** When the server stops its laptops come back within this time, and a second of it for each hundred of them. */
const RETURN_MS = 1_000;
const RETURN_PER_LAPTOP_MS = 10;

export interface PokeHubOptions {
  feed: VersionFeed;
  /** What to tell with a version. A failure is no reason not to tell the version. */
  readNews: (request: NewsRequest) => Promise<ScopeNews | null>;
  /** How often rights were changed until now. */
  readRightsChanges: () => Promise<number>;
  /** Who may do what is read anew from now on. */
  forgetActors: () => void;
  now: () => number;
  setTimer: (ms: number, callback: () => void) => () => void;
}

/** Who listens to which scope in this process, for one organisation. */
export class PokeHub {
  readonly #options: PokeHubOptions;
  readonly #listening = new Map<Scope, Set<PokeLine>>();
  readonly #byDevice = new Map<string, PokeLine>();
  /** Scopes that were told of just now, and the version that waits for the end of the interval. */
  readonly #resting = new Map<Scope, { version: number | null; stop: () => void }>();
  /** What was heard last of scopes that somebody listens to: the feed reads all versions anew now and then. */
  readonly #heard = new Map<Scope, number>();
  /** As often rights had been changed when those of all lines were looked at last. */
  #rightsChanges: number | null = null;
  #unsubscribe: (() => void) | null = null;
  #isClosed = false;

  constructor(options: PokeHubOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#byDevice.size;
  }

  /** A laptop has one line: a new one ends the one before, which nobody may be listening to any more. */
  open(opening: OpenLine): PokeLine {
    const { deviceId, scopes } = opening;
    const line = new PokeLine(opening, this.#options.now);
    if (this.#isClosed) {
      line.end();
      return line;
    }
    const before = this.#byDevice.get(deviceId);
    if (before) {
      this.#forget(before);
      before.end();
    }
    this.#byDevice.set(deviceId, line);
    this.#doubt(line);
    for (const scope of scopes) {
      const lines = this.#listening.get(scope) ?? new Set();
      this.#listening.set(scope, lines.add(line));
    }
    this.#unsubscribe ??= this.#options.feed.subscribe((versions) => this.#hear(versions));
    return line;
  }

  drop(deviceId: string, line: PokeLine): void {
    line.end();
    if (this.#byDevice.get(deviceId) !== line) return;
    this.#byDevice.delete(deviceId);
    this.#forget(line);
    if (this.#byDevice.size === 0) this.#stopHearing();
  }

  /** Everybody is told to come back, spread over a time that grows with their number. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#stopHearing();
    const spreadMs = RETURN_MS + this.#byDevice.size * RETURN_PER_LAPTOP_MS;
    for (const line of this.#byDevice.values()) line.end({ kind: 'goodbye', spreadMs });
  }

  #hear(versions: ScopeVersions): void {
    for (const [scope, version] of versions) {
      if (!this.#listening.has(scope) || version <= (this.#heard.get(scope) ?? -1)) continue;
      this.#heard.set(scope, version);
      const resting = this.#resting.get(scope);
      if (resting) resting.version = version;
      else void this.#tell({ scope, version });
    }
  }

  async #tell(poke: ScopeVersion): Promise<void> {
    const { scope } = poke;
    const stop = this.#options.setTimer(POKE_INTERVAL_MS, () => this.#rested(scope));
    this.#resting.set(scope, { version: null, stop });
    const news = await this.#newsOf(poke);
    const lines = [...(this.#listening.get(scope) ?? [])];
    const spreadMs = lines.length <= AT_ONCE_MAX ? 0 : lines.length * SPREAD_PER_LAPTOP_MS;
    if (lines.length === 0) return;
    const version = news?.version ?? poke.version;
    this.#heard.set(scope, Math.max(version, this.#heard.get(scope) ?? 0));
    const step = (from: number): void => {
      for (const line of lines.slice(from, from + LINES_PER_STEP)) {
        line.tell({ scope, version }, spreadMs, news);
      }
      if (from + LINES_PER_STEP < lines.length) setImmediate(step, from + LINES_PER_STEP);
    };
    step(0);
  }

  /** For those who hold what was told last, which are nearly all. */
  async #newsOf({ scope }: ScopeVersion): Promise<ScopeNews | null> {
    const lines = [...(this.#listening.get(scope) ?? [])];
    const from = lines[0]?.toldOf(scope) ?? null;
    if (from === null) return null;
    const deviceIds = lines.map(({ deviceId }) => deviceId);
    const news = await this.#options.readNews({ scope, from, deviceIds }).catch(() => null);
    return news !== null && this.#areRightsAsAt(news.rightsChanges) ? news : null;
  }

  /** Who asked for a line may have been known from a moment before somebody changed their rights. */
  #doubt(line: PokeLine): void {
    if (this.#rightsChanges !== null) {
      line.doubt();
      return;
    }
    // The first line: nothing is known yet, and all are looked at when it is.
    void this.#options.readRightsChanges().then(
      (changes) => this.#areRightsAsAt(changes),
      () => undefined,
    );
  }

  /**
   * Rows are told to those only who could fetch them at that moment. If anybody's rights have changed since the lines were
   * looked at, whichever process did it, all are looked at first, and who may still listen fetches these rows.
   */
  #areRightsAsAt(changes: number): boolean {
    if (changes === this.#rightsChanges) return true;
    this.#rightsChanges = changes;
    this.#options.forgetActors();
    for (const line of this.#byDevice.values()) line.doubt();
    return false;
  }

  #rested(scope: Scope): void {
    const version = this.#resting.get(scope)?.version ?? null;
    this.#resting.delete(scope);
    if (version !== null) void this.#tell({ scope, version });
  }

  #forget(line: PokeLine): void {
    for (const scope of line.scopes) {
      const lines = this.#listening.get(scope);
      lines?.delete(line);
      if (lines?.size !== 0) continue;
      this.#listening.delete(scope);
      this.#heard.delete(scope);
    }
  }

  #stopHearing(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = null;
    for (const { stop } of this.#resting.values()) stop();
    this.#resting.clear();
  }
}
