import type { ScanFrame } from './scan-frame.ts';

type Seen = Pick<ScanFrame, 'text' | 'at'>;

/**
 * Whether a scan may be a second reading of what lay in front of the scanner anyway: the same text within the quiet period.
 * It is only marked. Whoever calls keeps it, because two equal boxes are scanned quickly too.
 */
export function isSuspect(previous: Seen | null, frame: Seen, quietMs: number): boolean {
  if (previous === null || quietMs === 0 || previous.text !== frame.text) return false;
  const passed = frame.at - previous.at;
  // A clock that was set back says nothing about the time between them.
  return passed >= 0 && passed <= quietMs;
}
