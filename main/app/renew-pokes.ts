import { gatherChanges } from './gather-changes.ts';
import type { AppPorts } from './ports.ts';

/** A cable or Wi-Fi that flaps makes one new line, after it has settled … */
const SETTLE_MS = 1_000;
/** … or not much later. */
const SETTLE_MAX_MS = 5_000;

/** After sleep, and in another network, a line to the server may be dead without having said so. */
export function renewPokesAfterBreaks(
  { power, link }: Pick<AppPorts, 'power' | 'link'>,
  renew: () => void,
): () => void {
  const breaks = gatherChanges({ quietMs: SETTLE_MS, latestMs: SETTLE_MAX_MS, done: renew });
  const stops = [power.onResume(breaks.add), link.onChange(breaks.add), breaks.close];
  return () => {
    for (const stop of stops) stop();
  };
}
