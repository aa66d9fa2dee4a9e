import { watermelonPeer } from './watermelondb.mjs';

const PAGE_ROWS = 5_000;

/**
 * One `synchronize` per page, as those do for whom one answer is too large: it blocks less and needs less memory.
 * https://github.com/Nozbe/WatermelonDB/issues/650
 */
export const peer = watermelonPeer(PAGE_ROWS);
