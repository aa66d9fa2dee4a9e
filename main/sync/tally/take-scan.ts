import {
  type ScanOutcome,
  TALLY_LINES_MAX,
  type TallyScanInput,
} from '../../../shared/desktop/tally-views.ts';
import { TallymanError } from '../../../shared/errors.ts';
import { isSuspect } from '../../../shared/scan/is-suspect.ts';
import { readScan } from '../../../shared/scan/read-scan.ts';
import type { ScannerProfile } from '../../../shared/scan/scanner-profile.ts';
import type { EntryFinding, EntryRow, TallyRow } from '../../store/tally/tally-rows.ts';
import { withoutFlush } from '../../store/without-flush.ts';
import { lineOf } from './judge-goods.ts';
import { judgeScan, unknownScan } from './judge-scan.ts';
import { movePlace } from './move-place.ts';
import { roleOfPlace } from './place-problem.ts';
import { mustBeOpen, mustFind, mustFindEntry, type TallyParts } from './tally-parts.ts';
import { lineViews } from './tally-view.ts';

/** Scans of one tally; a line that is scanned more often is typed. */
const SCANS_MAX = 200_000;

/**
 * The scan is on the disk before anybody asks what it is. A kill in between leaves it without an outcome, and whoever looks at
 * the tally next works that out. So the outcome itself need not wait for the disk.
 */
export function takeScan(
  parts: TallyParts,
  input: TallyScanInput,
  scanner: ScannerProfile,
): ScanOutcome {
  const { entries, tallies, work } = parts;
  const known = entries.find(input.scanId);
  if (known && known.tallyId !== input.tallyId) {
    throw new TallymanError('BAD_INPUT', 'This scan belongs to another tally.');
  }
  if (!known) {
    assertRoom(mustBeOpen(parts, input.tallyId));
    work.outbox.together(() => {
      entries.add(input);
      tallies.touch(input.tallyId, { scans: 1, at: parts.now() });
    });
  }
  lookUpScans(parts, input.tallyId, scanner);
  return outcomeOf(parts, input.scanId);
}

/** Finds out what scans are that were stored and not looked up yet, in their order. */
export function lookUpScans(parts: TallyParts, tallyId: string, scanner: ScannerProfile): void {
  for (const entry of parts.entries.notLookedUp(tallyId)) lookUp(parts, entry, scanner);
}

export function outcomeOf(parts: TallyParts, entryId: string): ScanOutcome {
  const entry = mustFindEntry(parts, entryId);
  const tally = mustFind(parts, entry.tallyId);
  const goods = parts.goods();
  const line = entry.lineId === null ? null : parts.lines.byId(entry.lineId);
  const [view = null] = line ? lineViews(tally, [line], goods) : [];
  const isPlace = entry.productId === null && entry.kind !== 'unknown' && entry.locationId !== null;
  return {
    entryId,
    kind: entry.kind ?? 'problem',
    problem: entry.problem,
    code: entry.code,
    productName:
      view?.productName ??
      (entry.productId === null ? null : (goods.product(entry.productId)?.name ?? null)),
    line: view,
    locationCode: isPlace
      ? (goods.location(tally.siteId, entry.locationId ?? '')?.code ?? null)
      : null,
    scans: tally.scans,
  };
}

/** Puts what an entry was found to be into its line. */
export function settleEntry(parts: TallyParts, entry: EntryRow, found: EntryFinding): void {
  const { entries, lines, tallies } = parts;
  const counts = found.productId !== null && (found.kind === 'ok' || found.kind === 'suspect');
  if (!counts || found.productId === null) {
    entries.settle(entry.entryId, found, null);
    return;
  }
  const key = lineOf({ id: found.productId }, found, found);
  const { lineId, isNew } = lines.ensure(entry.tallyId, key, entry.at);
  if (isNew) tallies.touch(entry.tallyId, { lines: 1, at: parts.now() });
  lines.addScan(lineId, {
    position: entry.position,
    quantity: found.quantity,
    expiresOn: found.expiresOn,
    problem: staysMarked(found) ? found.problem : null,
    at: entry.at,
  });
  entries.settle(entry.entryId, found, lineId);
}

/** A line shows by itself that too much came; and that one scan may be a repeat is the scan's. */
function staysMarked({ problem }: EntryFinding): boolean {
  return problem === 'countedBefore' || problem === 'expired' || problem === 'notExpected';
}

function lookUp(parts: TallyParts, entry: EntryRow, scanner: ScannerProfile): void {
  const { work } = parts;
  const tally = mustFind(parts, entry.tallyId);
  const found = findOut(parts, { tally, entry, scanner });
  withoutFlush(work.db, () =>
    work.outbox.together(() => {
      if (found.kind === 'place' && found.locationId !== null) {
        const { locationId } = found;
        movePlace(parts, tally, { locationId, role: roleOfPlace(tally, locationId) });
      }
      const isSuspicious = found.kind === 'ok' && isRepeat(parts, entry, scanner.quietMs);
      settleEntry(
        parts,
        entry,
        isSuspicious ? { ...found, kind: 'suspect', problem: 'repeated' } : found,
      );
    }),
  );
}

/** A scan that cannot be judged, whatever the cause, is kept as unknown: it must not stand in the way of those after it. */
function findOut(
  parts: TallyParts,
  { tally, entry, scanner }: { tally: TallyRow; entry: EntryRow; scanner: ScannerProfile },
): EntryFinding {
  try {
    const judging = { tally, goods: parts.goods(), lines: parts.lines, now: parts.now() };
    return judgeScan(readScan(entry.text, scanner, entry.at), judging);
  } catch (error) {
    parts.onError(error);
    return unknownScan(entry.text, tally.locationId);
  }
}

/** The same code in quick succession is counted, because two equal boxes are scanned quickly too, and marked. */
function isRepeat({ entries }: TallyParts, entry: EntryRow, quietMs: number): boolean {
  return isSuspect(entries.sameBefore(entry), entry, quietMs);
}

function assertRoom({ lines, scans }: TallyRow): void {
  if (lines < TALLY_LINES_MAX && scans < SCANS_MAX) return;
  throw new TallymanError('TOO_LARGE', 'This is as much as fits into one go. Post it, then go on.');
}
