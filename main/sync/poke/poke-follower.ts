import type { ScopeVersion } from '../../../shared/sync/poke-protocol.ts';
import { CATALOGUE_SCOPE, type Scope } from '../../../shared/sync/scope.ts';
import type { SyncUnit } from '../../../shared/sync/sync-unit.ts';

export interface PokeFollowerOptions {
  /** The version of a scope that is here as a whole; null for one that is not. */
  heldVersion: (scope: Scope) => number | null;
  /** Whether a run is under way that may be bringing what was told. */
  isBusy: () => boolean;
  trigger: (unit: SyncUnit) => void;
  /** In [0, 1). */
  random: () => number;
  setTimer: (ms: number, callback: () => void) => () => void;
}

/** Turns versions that the server tells into as few runs as bring them. */
export class PokeFollower {
  readonly #options: PokeFollowerOptions;
  readonly #wanted = new Map<Scope, number>();
  /** A run was started for them. If it did not bring them, another would not either. */
  readonly #tried = new Map<Scope, number>();
  #stopTimer: (() => void) | null = null;

  constructor(options: PokeFollowerOptions) {
    this.#options = options;
  }

  /** `spreadMs`: as many others hear the same; all at once would make each of them wait. */
  hear(versions: readonly ScopeVersion[], spreadMs: number): void {
    for (const { scope, version } of versions) {
      const held = this.#options.heldVersion(scope);
      if (held === null || version <= held || version <= (this.#tried.get(scope) ?? 0)) continue;
      this.#wanted.set(scope, Math.max(version, this.#wanted.get(scope) ?? 0));
    }
    if (this.#wanted.size === 0 || this.#stopTimer !== null) return;
    const waitMs = spreadMs * this.#options.random();
    if (waitMs < 1) {
      this.consider();
      return;
    }
    this.#stopTimer = this.#options.setTimer(waitMs, () => {
      this.#stopTimer = null;
      this.consider();
    });
  }

  /** Starts a run for what is still missing. To be called when a run has ended, too: it may have brought it. */
  consider(): void {
    if (this.#stopTimer !== null || this.#options.isBusy()) return;
    const missing = this.#missing(this.#wanted);
    this.#wanted.clear();
    if (missing.length === 0) return;
    for (const { scope, version } of missing) this.#tried.set(scope, version);
    this.#options.trigger(unitFor(missing));
  }

  /** Whether something that was told is not here, be a run started for it or not. */
  isBehind(): boolean {
    return this.#missing(this.#tried).length + this.#missing(this.#wanted).length > 0;
  }

  /** A new line tells everything anew. */
  forget(): void {
    this.#stopTimer?.();
    this.#stopTimer = null;
    this.#wanted.clear();
    this.#tried.clear();
  }

  #missing(told: ReadonlyMap<Scope, number>): ScopeVersion[] {
    return [...told].flatMap(([scope, version]) => {
      const held = this.#options.heldVersion(scope);
      return held !== null && held < version ? [{ scope, version }] : [];
    });
  }
}

/** The smallest that brings them. */
function unitFor(versions: readonly ScopeVersion[]): SyncUnit {
  const sites = versions.filter(({ scope }) => scope !== CATALOGUE_SCOPE);
  if (sites.length === versions.length) return 'stock';
  return sites.length === 0 ? 'catalogue' : 'full';
}
