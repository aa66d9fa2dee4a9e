import type { TallyRow } from '../../store/tally/tally-rows.ts';
import type { TallyParts } from './tally-parts.ts';

/**
 * The tally is at another place now, or its goods go there. Received goods that were scanned before any place was said are put
 * there too.
 */
export function movePlace(
  { tallies, lines, entries, now }: TallyParts,
  { tallyId, kind }: TallyRow,
  { locationId, role }: { locationId: string; role: 'at' | 'to' },
): void {
  const at = now();
  tallies.moveTo(tallyId, role, { locationId, at });
  if (kind !== 'receive' || role !== 'at') return;
  for (const line of lines.withoutPlace(tallyId)) {
    const there = lines.find(tallyId, { ...line, locationId });
    if (!there) {
      lines.moveTo(line.lineId, locationId);
      continue;
    }
    lines.merge(line.lineId, there.lineId);
    entries.moveToLine(line.lineId, there.lineId);
    tallies.touch(tallyId, { lines: -1, at });
  }
}
