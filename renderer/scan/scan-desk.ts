import { createContext, use } from 'react';
import type { KeyStroke } from '../../shared/scan/key-stroke.ts';
import type { ScanFrame } from '../../shared/scan/scan-frame.ts';
import type { ScanOutcome } from './tones.ts';

/** Takes a scan. Called while its last key is served, so that no later one can come before it. */
export type ScanTask = (frame: ScanFrame, strokes: readonly KeyStroke[]) => void;

export interface ScanNoticeWords {
  /** Goes up with each, so that two equal ones are two. */
  number: number;
  outcome: ScanOutcome;
  text: string;
}

export interface UnknownCode {
  code: string;
  at: number;
}

const UNKNOWN_MAX = 100;

/** Where scans are handed over, and what the window shows of the last one. One per window. */
export class ScanDesk {
  readonly #tasks: ScanTask[] = [];
  readonly #listeners = new Set<() => void>();
  #learners = 0;
  #notice: ScanNoticeWords | null = null;
  #unknown: readonly UnknownCode[] = [];

  /** Until it is taken back, the newest task gets all scans. */
  addTask(task: ScanTask): () => void {
    this.#tasks.push(task);
    return () => {
      const at = this.#tasks.lastIndexOf(task);
      if (at !== -1) this.#tasks.splice(at, 1);
    };
  }

  newestTask(): ScanTask | null {
    return this.#tasks.at(-1) ?? null;
  }

  /** While somebody learns what a scanner sends, every burst is taken, whatever the profile says. */
  startLearning(): () => void {
    this.#learners++;
    return () => {
      this.#learners--;
    };
  }

  get isLearning(): boolean {
    return this.#learners > 0;
  }

  readonly notice = (): ScanNoticeWords | null => this.#notice;

  showNotice(outcome: ScanOutcome, text: string): void {
    this.#notice = { number: (this.#notice?.number ?? 0) + 1, outcome, text };
    this.#changed();
  }

  /** Codes that no product had, the newest first, each once. */
  readonly unknown = (): readonly UnknownCode[] => this.#unknown;

  keepUnknown(code: string, at: number): void {
    const others = this.#unknown.filter((each) => each.code !== code);
    this.#unknown = [{ code, at }, ...others].slice(0, UNKNOWN_MAX);
    this.#changed();
  }

  forgetUnknown(): void {
    this.#unknown = [];
    this.#changed();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

export const ScanDeskContext = createContext<ScanDesk | null>(null);

export function useScanDesk(): ScanDesk {
  const desk = use(ScanDeskContext);
  if (!desk) throw new Error('ScanProvider is missing above this component');
  return desk;
}
