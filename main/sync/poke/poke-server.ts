import type { PokeEvent, PokeInput } from '../../../shared/sync/poke-protocol.ts';

/** What comes over a line: news, or a sign that the server is still there. */
export type LineEvent = PokeEvent | { kind: 'alive' };

/** The server as whoever listens for pokes sees it. Failures are TallymanErrors. */
export interface PokeServer {
  /** Ends when the server ends it. */
  listen: (input: PokeInput, signal: AbortSignal) => AsyncIterable<LineEvent>;
  close: () => Promise<void>;
}
