/** Of a pool of connections at this moment. */
export interface PoolUse {
  busy: number;
  idle: number;
  /** Who waits until one is free. */
  waiting: number;
}
