import {
  type ScanOutcome,
  TALLY_LINES_MAX,
  type TallyAssign,
  type TallyLine,
  type TallyPlace,
  type TallyType,
  type TallyVoid,
} from '../../../shared/desktop/tally-views.ts';
import { TallymanError } from '../../../shared/errors.ts';
import type { ProductFacts } from '../../store/tally/goods-reads.ts';
import type { EntryRow, TallyRow } from '../../store/tally/tally-rows.ts';
import { judgeAssigned } from './judge-goods.ts';
import { movePlace } from './move-place.ts';
import { placeProblem } from './place-problem.ts';
import { outcomeOf, settleEntry } from './take-scan.ts';
import { mustBeOpen, mustFind, mustFindEntry, type TallyParts } from './tally-parts.ts';
import { lineViews } from './tally-view.ts';

/** Null: the line has neither a scan nor a number any more. */
export function typeLine(parts: TallyParts, input: TallyType): TallyLine | null {
  const { lines, tallies, entries, work, now } = parts;
  const tally = mustBeOpen(parts, input.tallyId);
  mustBeProduct(parts, input.productId);
  if (input.locationId !== null) mustBePlace(parts, tally, input.locationId);
  if (input.serial !== '' && (input.quantity ?? 0) > 1) {
    throw new TallymanError('BAD_INPUT', 'There is only one piece with a serial number.');
  }
  const goods = { ...input, locationId: input.locationId ?? '' };
  return work.outbox.together(() => {
    if (tally.lines >= TALLY_LINES_MAX && !lines.find(tally.tallyId, goods)) {
      throw new TallymanError(
        'TOO_LARGE',
        'This is as much as fits into one go. Post it, then go on.',
      );
    }
    const at = now();
    const { lineId, isNew } = lines.ensure(tally.tallyId, goods, at);
    lines.type(lineId, {
      quantity: input.quantity,
      after: entries.lastPosition(tally.tallyId),
      expiresOn: input.expiresOn,
      at,
    });
    const isGone = lines.removeEmpty(lineId);
    tallies.touch(tally.tallyId, { lines: Number(isNew) - Number(isGone), at });
    const line = isGone ? null : lines.byId(lineId);
    return (line && lineViews(tally, [line], parts.goods())[0]) ?? null;
  });
}

/** Says what a scan was that was not counted, and counts it. */
export function assignEntry(
  parts: TallyParts,
  input: TallyAssign,
  personId: string | null,
): ScanOutcome {
  const { work, lines, now } = parts;
  const product = mustBeProduct(parts, input.productId);
  return work.outbox.together(() => {
    const entry = inOpenTally(parts, mustFindEntry(parts, input.entryId), personId);
    if (entry.lineId !== null || entry.voidReason !== null || entry.kind === 'place') {
      throw new TallymanError('CONFLICT', 'This scan is counted already, or was taken back.');
    }
    const tally = mustFind(parts, entry.tallyId);
    const locationId = isAboutGoods(entry)
      ? (entry.locationId ?? tally.locationId)
      : tally.locationId;
    const named = {
      product,
      quantity: input.quantity,
      lot: input.lot,
      serial: input.serial,
      expiresOn: input.expiresOn,
    };
    const judging = { tally: { ...tally, locationId }, goods: parts.goods(), lines, now: now() };
    const found = judgeAssigned(named, judging);
    settleEntry(parts, entry, { code: entry.code, productId: product.id, locationId, ...found });
    return outcomeOf(parts, entry.entryId);
  });
}

/** Takes a scan back. It stays as history, with the reason. */
export function voidEntry(parts: TallyParts, { entryId, reason }: TallyVoid): void {
  const { entries, lines, tallies, work, now } = parts;
  work.outbox.together(() => {
    const entry = mustFindEntry(parts, entryId);
    if (entry.voidReason !== null) return;
    // What was posted is taken back as work; what was not counted may go at any time.
    if (entry.lineId !== null) mustBeOpen(parts, entry.tallyId);
    const at = now();
    if (entry.lineId !== null) {
      lines.addScan(entry.lineId, {
        position: entry.position,
        quantity: -entry.quantity,
        expiresOn: null,
        problem: null,
        at,
      });
      const isGone = lines.removeEmpty(entry.lineId);
      if (isGone) tallies.touch(entry.tallyId, { lines: -1, at });
    }
    entries.void(entryId, reason);
    tallies.touch(entry.tallyId, { scans: -1, at });
  });
}

/** Refused as a scan of that place would be. */
export function placeTally(parts: TallyParts, { tallyId, locationId, role }: TallyPlace): void {
  const tally = mustBeOpen(parts, tallyId);
  const place = mustBePlace(parts, tally, locationId);
  const problem = placeProblem(tally, place, parts.goods());
  if (problem !== null) {
    throw new TallymanError('BAD_INPUT', `${place.code} cannot be used here.`, {
      details: { problem, code: place.code },
    });
  }
  parts.work.outbox.together(() => movePlace(parts, tally, { locationId, role }));
}

function mustBePlace(parts: TallyParts, { siteId }: Pick<TallyRow, 'siteId'>, id: string) {
  const place = parts.goods().location(siteId, id);
  if (place) return place;
  throw new TallymanError('NOT_FOUND', 'This location is not on this laptop.', { details: { id } });
}

function mustBeProduct(parts: TallyParts, id: string): ProductFacts {
  const product = parts.goods().product(id);
  if (product) return product;
  throw new TallymanError('NOT_FOUND', 'This product is not on this laptop.', { details: { id } });
}

/** A code that was kept beyond the end of its tally goes on into the open one of the same work. */
function inOpenTally(parts: TallyParts, entry: EntryRow, personId: string | null): EntryRow {
  const { tallies, entries, now, newId } = parts;
  const tally = mustFind(parts, entry.tallyId);
  if (tally.state === 'open') return entry;
  const open = tallies.findOpen(tally);
  const tallyId = open?.tallyId ?? newId();
  const at = now();
  if (!open) tallies.add(tallyId, tally, { personId, at });
  entries.moveTo(entry.entryId, tallyId);
  tallies.touch(tally.tallyId, { scans: -1, at });
  tallies.touch(tallyId, { scans: 1, at });
  return mustFindEntry(parts, entry.entryId);
}

/** What was taken for a place says nothing of where the goods are. */
function isAboutGoods({ productId, kind }: EntryRow): boolean {
  return productId !== null || kind === 'unknown';
}
