import { randomFillSync } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';

const RANDOM_BYTES_PER_ID = 16;
/** Asking the system for random bytes costs 5 µs each time, however few they are. */
const IDS_PER_REFILL = 256;
const SEQUENCE_MAX = 0xffff_ffff;

/** Makes UUIDv7s that ascend even within a millisecond, so that a million new rows are appended to their table. */
export function makeIdSource(now: () => number): () => string {
  const random = new Uint8Array(RANDOM_BYTES_PER_ID * IDS_PER_REFILL);
  let used = random.length;
  let milliseconds = 0;
  let sequence = 0;
  return () => {
    if (used === random.length) {
      randomFillSync(random);
      used = 0;
    }
    const bytes = random.subarray(used, used + RANDOM_BYTES_PER_ID);
    used += RANDOM_BYTES_PER_ID;
    const time = now();
    if (time > milliseconds || sequence === SEQUENCE_MAX) {
      milliseconds = Math.max(time, milliseconds + 1);
      sequence = 0;
    } else sequence += 1;
    return uuidv7({ random: bytes, msecs: milliseconds, seq: sequence });
  };
}
