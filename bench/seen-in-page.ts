/** What a page tells of itself. All times are milliseconds of its own clock, which starts when it does. */
export interface SeenInPage {
  /** UTC epoch milliseconds at which the page's clock started. */
  timeOrigin: number;
  /** Anything at all was drawn; null if not yet. */
  firstPaintAt: number | null;
  /** A product was drawn; null if not yet. */
  firstRowAt: number | null;
  /** Each key that was pressed: when the system noticed it, and how long until the frame with its effect was handed on. */
  keys: readonly { at: number; latency: number }[];
  /** Interactions that took 16 ms or more, by the browser's own Event Timing, which rounds to 8 ms. */
  interactions: readonly number[];
  /** From one frame to the next. */
  frames: readonly number[];
  /** Tasks of 50 ms and more. */
  longTasks: readonly number[];
  /** When a list that answered an earlier text was replaced. */
  answeredAt: readonly number[];
}
