import type { SeenInPage } from '../seen-in-page.ts';

/**
 * Runs in the page before the app does. Watches, and touches nothing. The class is handed over as text, so it uses nothing
 * of this module but itself and what a page has.
 */
export class PageWatcher {
  /** Shorter ones the browser does not tell of. */
  static readonly EVENT_DURATION_MIN_MS = 16;
  static readonly READY_ROW = '[role="option"]:not([aria-disabled])';
  static readonly OLD_LIST = 'data-superseded';

  #firstRowAt: number | null = null;
  #lastFrameAt = performance.now();
  #interactions = new Map<number, number>();
  #keys: { at: number; latency: number }[] = [];
  #frames: number[] = [];
  #longTasks: number[] = [];
  #answeredAt: number[] = [];

  constructor() {
    this.#watchRows();
    this.#watchKeys();
    this.#watchTimings();
    const onFrame = (at: number): void => {
      this.#frames.push(at - this.#lastFrameAt);
      this.#lastFrameAt = at;
      requestAnimationFrame(onFrame);
    };
    requestAnimationFrame(onFrame);
  }

  /** Forgets what was seen so far, but for the first row. */
  restart(): void {
    this.#interactions = new Map();
    this.#keys = [];
    this.#frames = [];
    this.#longTasks = [];
    this.#answeredAt = [];
  }

  seen(): SeenInPage {
    return {
      timeOrigin: performance.timeOrigin,
      firstPaintAt: performance.getEntriesByName('first-paint')[0]?.startTime ?? null,
      firstRowAt: this.#firstRowAt,
      keys: this.#keys,
      interactions: [...this.#interactions.values()],
      frames: this.#frames,
      longTasks: this.#longTasks,
      answeredAt: this.#answeredAt,
    };
  }

  /** A message that is posted in a frame's callback comes when the frame was laid out, painted and handed on. */
  #afterPaint(done: () => void): void {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', done, { once: true });
      port1.start();
      port2.postMessage(null);
    });
  }

  #watchRows(): void {
    const rows = new MutationObserver(() => {
      if (!document.querySelector(PageWatcher.READY_ROW)) return;
      rows.disconnect();
      this.#afterPaint(() => {
        this.#firstRowAt = performance.now();
      });
    });
    rows.observe(document, { childList: true, subtree: true });
    const answers = new MutationObserver((changes) => {
      const isAnswered = changes.some(
        ({ target, oldValue }) =>
          oldValue !== null && !(target as Element).hasAttribute(PageWatcher.OLD_LIST),
      );
      if (isAnswered) this.#afterPaint(() => this.#answeredAt.push(performance.now()));
    });
    answers.observe(document, {
      subtree: true,
      attributeFilter: [PageWatcher.OLD_LIST],
      attributeOldValue: true,
    });
  }

  #watchKeys(): void {
    const onKey = ({ timeStamp }: Event): void => {
      const key = { at: timeStamp, latency: 0 };
      this.#keys.push(key);
      this.#afterPaint(() => {
        key.latency = performance.now() - timeStamp;
      });
    };
    window.addEventListener('keydown', onKey, { capture: true });
  }

  #watchTimings(): void {
    const events = new PerformanceObserver((list) => {
      for (const { interactionId, duration } of list.getEntries() as PerformanceEventTiming[]) {
        if (!interactionId) continue;
        const known = this.#interactions.get(interactionId) ?? 0;
        this.#interactions.set(interactionId, Math.max(known, duration));
      }
    });
    const options = { type: 'event', durationThreshold: PageWatcher.EVENT_DURATION_MIN_MS };
    events.observe(options);
    const tasks = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) this.#longTasks.push(duration);
    });
    tasks.observe({ type: 'longtask' });
  }
}
