import type { ScanFrame } from '../../shared/scan/scan-frame.ts';

/** Scans that wait for the disk. A scanner that never rests is far slower than a commit, so this many mean that nothing goes. */
const FRAMES_MAX = 2_000;
const RETRY_MS = 500;

interface ScanQueueOptions<TOutcome> {
  /** Asked again with the same frame until it says something or refuses; so it must take one scan once. */
  commit: (frame: ScanFrame) => Promise<TOutcome>;
  /** Whether the same call may succeed later. */
  isPassing: (error: unknown) => boolean;
  onOutcome: (frame: ScanFrame, outcome: TOutcome) => void;
  onRefused: (frame: ScanFrame, error: unknown) => void;
  onLength: (length: number) => void;
  setTimer: (ms: number, callback: () => void) => void;
}

/** Commits scans one after the other, so that their outcomes come in the order of the scans, and loses none on the way. */
export class ScanQueue<TOutcome> {
  readonly #options: ScanQueueOptions<TOutcome>;
  readonly #frames: ScanFrame[] = [];
  #isWorking = false;

  constructor(options: ScanQueueOptions<TOutcome>) {
    this.#options = options;
  }

  get length(): number {
    return this.#frames.length;
  }

  /** False: it is full, and the scan was not taken. */
  push(frame: ScanFrame): boolean {
    if (this.#frames.length >= FRAMES_MAX) return false;
    this.#frames.push(frame);
    this.#options.onLength(this.#frames.length);
    void this.#work();
    return true;
  }

  async #work(): Promise<void> {
    if (this.#isWorking) return;
    this.#isWorking = true;
    for (let frame = this.#frames[0]; frame; frame = this.#frames[0]) {
      const isOver = await this.#commit(frame);
      if (!isOver) {
        await new Promise<void>((resolve) => this.#options.setTimer(RETRY_MS, resolve));
        continue;
      }
      this.#frames.shift();
      this.#options.onLength(this.#frames.length);
    }
    this.#isWorking = false;
  }

  async #commit(frame: ScanFrame): Promise<boolean> {
    const { commit, isPassing, onOutcome, onRefused } = this.#options;
    let outcome: TOutcome;
    try {
      outcome = await commit(frame);
    } catch (error) {
      if (isPassing(error)) return false;
      onRefused(frame, error);
      return true;
    }
    onOutcome(frame, outcome);
    return true;
  }
}
