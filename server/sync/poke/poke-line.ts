import type { PokeEvent, ScopeVersion } from '../../../shared/sync/poke-protocol.ts';
import type { Scope } from '../../../shared/sync/scope.ts';

/**
 * One laptop that listens. What it has not taken yet is kept as one version per scope, so a slow one costs no more than a
 * quick one, and misses nothing that matters.
 */
export class PokeLine {
  readonly scopes: readonly Scope[];
  readonly #now: () => number;
  readonly #waiting = new Map<Scope, number>();
  readonly #told = new Map<Scope, number>();
  #waitingSince: number | null = null;
  #spreadMs = 0;
  #goodbye: PokeEvent | null = null;
  #isEnded = false;
  #wake: (() => void) | null = null;

  constructor(scopes: readonly Scope[], now: () => number) {
    this.scopes = scopes;
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

  tell({ scope, version }: ScopeVersion, spreadMs: number): void {
    if (version <= (this.#told.get(scope) ?? -1)) return;
    this.#told.set(scope, version);
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
    this.#waiting.clear();
    this.#waitingSince = null;
    this.#spreadMs = 0;
    return { kind: 'versions', versions, spreadMs };
  }

  #wakeUp(): void {
    this.#wake?.();
    this.#wake = null;
  }
}
