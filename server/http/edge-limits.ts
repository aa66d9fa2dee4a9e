import { OPERATION_BYTES_MAX, PUSH_BYTES_MAX } from '../../shared/sync/operation.ts';

/**
 * What one server process takes from the network at most. Generous for a thousand laptops behind one address, and small
 * enough that whoever wants to do harm fills none of it alone.
 */
export interface EdgeLimits {
  /** Open at once, idle ones included. A laptop needs two, one for news and one for a moment to look who is there. */
  connections: number;
  /** The same from one address. A thousand laptops of a site may share one; declared proxies count for nobody. */
  connectionsPerAddress: number;
  /** Nobody needs longer to agree on a cipher. */
  handshakeMs: number;
  /** Of all headers together, the address too: longer ones of that should still be told why. */
  headerBytes: number;
  headerCount: number;
  /** All headers of a request are here by then; whoever sends one letter a second is not a laptop. */
  headersMs: number;
  /** A whole request has to have arrived by then, however steadily it comes. */
  requestMs: number;
  /** Long inputs travel in a POST body. Also bounds the number of calls that a batch path can name. */
  urlLength: number;
  /**
   * A full push whose last operation is as large as one may be. An operation may be twice too large and still be told so,
   * under its number, instead of holding up all that come after it.
   */
  bodyBytes: number;
  /** A laptop sends one call at a time. */
  batchCalls: number;
  /** Requests whose body is still on its way; each may hold what has come of it. */
  bodiesAtOnce: number;
  /** The same from one address, so that one that sends slowly leaves room for others. */
  bodiesAtOncePerAddress: number;
  /** Below this a body or an answer crawls: a tenth of the slowest line that a sync is worth trying on. */
  bytesPerSecondMin: number;
  /** So long nobody looks at how fast it goes: lines of trucks and cellars stand still for a while. */
  crawlGraceMs: number;
  /** How often crawling requests and unfinished headers are looked for. */
  sweepMs: number;
  /** At work at once. Each may hold a page of some megabytes; laptops that come back at once wait their turn outside. */
  requestsAtOnce: number;
  /** Streams of news, which wait most of the time and hold next to nothing. */
  streamsAtOnce: number;
  /** The longest work is the digests of a scope of millions of rows, which takes seconds. */
  handlerMs: number;
  /** Longer than laptops' own, so that it is they who close and no request meets a closing connection. */
  keepAliveMs: number;
  /** A main thread that is late by this much again and again has more to do than it can. */
  loopLateMs: number;
  /** Calls of one laptop in a minute. A first sync or a full outbox at full speed stays well below. */
  callsPerDevice: number;
  /** Calls of one person in a minute, who may use several laptops. */
  callsPerPerson: number;
  /**
   * Calls of nobody in particular, and calls that were refused for who they came from, of one address in a minute: a
   * thousand laptops that all sign in and renew their tokens when a shift begins.
   */
  strangersPerAddress: number;
}

export const EDGE_LIMITS: EdgeLimits = {
  connections: 10_000,
  connectionsPerAddress: 5_000,
  handshakeMs: 10_000,
  headerBytes: 16 * 1_024,
  headerCount: 64,
  headersMs: 10_000,
  requestMs: 300_000,
  urlLength: 2_048,
  bodyBytes: PUSH_BYTES_MAX + 2 * OPERATION_BYTES_MAX,
  batchCalls: 20,
  bodiesAtOnce: 1_024,
  bodiesAtOncePerAddress: 512,
  bytesPerSecondMin: 1_024,
  crawlGraceMs: 20_000,
  sweepMs: 5_000,
  requestsAtOnce: 256,
  streamsAtOnce: 5_000,
  handlerMs: 120_000,
  keepAliveMs: 75_000,
  loopLateMs: 1_000,
  callsPerDevice: 12_000,
  callsPerPerson: 24_000,
  strangersPerAddress: 6_000,
};
