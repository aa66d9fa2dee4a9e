import { useState } from 'react';
import { useStableCallback } from '../use-stable-callback.ts';

const LOOK_EVERY_MS = 250;

/**
 * How many scans have been waiting for a while: the fewest that there were since the last look. One that is merely on its way
 * to the disk is none of them. Takes every length of the queue.
 */
export function useWaiting(): [waiting: number, onLength: (length: number) => void] {
  const [waiting, setWaiting] = useState(0);
  const [seen] = useState(() => ({ fewest: 0, now: 0, isLooking: false }));
  const look = useStableCallback(() => {
    setWaiting(seen.fewest);
    seen.fewest = seen.now;
    seen.isLooking = seen.now > 0;
    if (seen.isLooking) setTimeout(look, LOOK_EVERY_MS);
  });
  const onLength = useStableCallback((length: number) => {
    seen.now = length;
    seen.fewest = Math.min(seen.fewest, length);
    if (seen.isLooking || length === 0) return;
    seen.isLooking = true;
    seen.fewest = length;
    setTimeout(look, LOOK_EVERY_MS);
  });
  return [waiting, onLength];
}
