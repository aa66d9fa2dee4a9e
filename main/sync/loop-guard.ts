import type { SyncReason } from '../../shared/desktop/sync-state.ts';
import type { SyncUnit } from '../../shared/sync/sync-unit.ts';

/** How long a unit that had nothing to do is kept from running again and again. */
export const LOOP_WINDOW_MS = 10_000;

/**
 * Outside the page, and so no handler of a run's end: what a person does there, the timer at its own pace, and each version that
 * the server tells of once.
 */
const CANNOT_LOOP: ReadonlySet<SyncReason> = new Set(['tray', 'menu', 'cli', 'interval', 'poke']);

interface IdleWindow {
  since: number;
  /** The one extra run has begun. */
  extraRun: boolean;
  noted: boolean;
}

/**
 * Keeps a handler that triggers a unit whenever that unit has ended from running it without end: after a run that moved
 * nothing, one more is free, and all further ones wait until ten seconds are over. A run that moved something is work and
 * counts for nothing.
 */
export class LoopGuard {
  readonly #windows = new Map<SyncUnit, IdleWindow>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Until when a trigger of the unit has to wait; null if it need not. */
  waitUntil(unit: SyncUnit, reason: SyncReason): number | null {
    if (CANNOT_LOOP.has(reason)) return null;
    const window = this.#open(unit);
    return window?.extraRun ? window.since + LOOP_WINDOW_MS : null;
  }

  /** True for the first trigger of a window that had to wait: one note in the log is enough. */
  isNews(unit: SyncUnit): boolean {
    const window = this.#open(unit);
    if (!window || window.noted) return false;
    window.noted = true;
    return true;
  }

  started(unit: SyncUnit): void {
    const window = this.#open(unit);
    if (window) window.extraRun = true;
  }

  ended(unit: SyncUnit, moved: boolean): void {
    if (moved) this.#windows.delete(unit);
    else if (!this.#open(unit)) {
      this.#windows.set(unit, { since: this.#now(), extraRun: false, noted: false });
    }
  }

  /** Something has changed, so that what earlier runs found says nothing about the next. */
  forget(): void {
    this.#windows.clear();
  }

  #open(unit: SyncUnit): IdleWindow | null {
    const window = this.#windows.get(unit);
    if (!window) return null;
    const age = this.#now() - window.since;
    return age >= 0 && age < LOOP_WINDOW_MS ? window : null;
  }
}
