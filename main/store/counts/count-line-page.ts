import type {
  CountLinesInput,
  CountLinesPage,
  CountLineView,
  CountSight,
  CountTotals,
  LineFilter,
} from '../../../shared/desktop/count-views.ts';
import { foldText } from '../../../shared/domain/fold-text.ts';
import { COUNT_STAGES } from '../../../shared/entities/stock-count.ts';
import type { CountObservation } from '../../../shared/entities/count-observation.ts';
import type { ReplicaReader } from '../catalogue/replica-reader.ts';
import { countLines, type LineState } from './count-lines.ts';
import { countOf, type FoundCount } from './count-of.ts';
import { PersonNames } from './person-names.ts';

/** Sights of a line that a page shows; more are told by their number. */
const SIGHTS_MAX = 30;

export const NO_LINES: CountLinesPage = { items: [], total: 0, totals: null };

/** Whoever counts blind must not learn what should be there, so nothing that would tell leaves this reader. */
export function isBlindfold({ count }: FoundCount): boolean {
  return count.blind && count.stage < COUNT_STAGES.review;
}

/** Lines of a count as they are scrolled to. */
export async function countLinePage(
  reader: ReplicaReader,
  input: CountLinesInput,
  signal: AbortSignal,
): Promise<CountLinesPage> {
  const found = countOf(reader, input.countId);
  if (found === null) return NO_LINES;
  const isBlind = isBlindfold(found);
  const all = await countLines(reader, found, signal);
  const shown = isBlind ? all.filter(({ sights }) => sights.length > 0) : all;
  const fitting = shown.filter((line) => fits(line, input, isBlind));
  const isByValue = input.sort === 'value' && !isBlind;
  const ordered = isByValue ? fitting.toSorted((a, b) => weightOf(b) - weightOf(a)) : fitting;
  const names = new PersonNames(reader);
  const page = ordered.slice(input.offset, input.offset + input.limit);
  return {
    items: page.map((line) => lineView(line, names, isBlind)),
    total: ordered.length,
    totals: isBlind ? null : totalsOf(all),
  };
}

function fits(line: LineState, input: CountLinesInput, isBlind: boolean): boolean {
  const { locationId, text, filter } = input;
  if (locationId !== null && line.goods.location_id !== locationId) return false;
  const wanted = foldText(text.trim());
  const words = `${line.product?.name ?? ''} ${line.product?.sku ?? ''} ${line.locationCode}`;
  return foldText(words).includes(wanted) && isOf(line, isBlind ? 'all' : filter);
}

function isOf(line: LineState, filter: LineFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'differences':
      return varianceOf(line) !== 0;
    case 'recount':
    case 'moved':
    case 'twoCounters':
      return line.flags.includes(filter);
  }
}

export function varianceOf({ counted, book }: LineState): number | null {
  return counted === null || book === null ? null : counted - book;
}

/** In minor units; null if the product has no price. */
function valueOf(line: LineState): number | null {
  const variance = varianceOf(line);
  const price = line.product?.price ?? null;
  return variance === null || price === null ? null : variance * price;
}

/** Open recounts first, then by how much is at stake. */
function weightOf(line: LineState): number {
  if (line.counted === null) return Number.MAX_SAFE_INTEGER;
  return Math.abs(valueOf(line) ?? varianceOf(line) ?? 0);
}

function totalsOf(lines: readonly LineState[]): CountTotals {
  const value: Record<string, number> = {};
  let over = 0;
  let under = 0;
  for (const line of lines) {
    const variance = varianceOf(line) ?? 0;
    if (variance > 0) over += variance;
    else under -= variance;
    const currency = line.product?.currency ?? null;
    if (currency !== null) value[currency] = (value[currency] ?? 0) + (valueOf(line) ?? 0);
  }
  const withFlag = (flag: LineFilter): number => lines.filter((line) => isOf(line, flag)).length;
  return {
    lines: lines.length,
    differences: withFlag('differences'),
    recounts: withFlag('recount'),
    moved: withFlag('moved'),
    twoCounters: withFlag('twoCounters'),
    over,
    under,
    value,
  };
}

function lineView(state: LineState, names: PersonNames, isBlind: boolean): CountLineView {
  const { goods, product, flags } = state;
  return {
    lineId: state.lineId,
    productId: goods.product_id,
    productName: product?.name ?? null,
    sku: product?.sku ?? null,
    unit: product?.unit ?? '',
    locationId: goods.location_id,
    locationCode: state.locationCode,
    lot: goods.lot,
    serial: goods.serial,
    expiresOn: expiryOf(state.sights),
    counted: state.counted,
    seenAt: state.seenAt,
    book: isBlind ? null : state.book,
    variance: isBlind ? null : varianceOf(state),
    value: isBlind ? null : valueOf(state),
    currency: product?.currency ?? null,
    ...decidedOf(state, names),
    flags: isBlind ? flags.filter((flag) => flag === 'recount') : flags,
    sights: sightViews(state.sights, names),
    pending: state.pending,
  };
}

function decidedOf({ line }: LineState, names: PersonNames) {
  return {
    round: line?.round ?? 1,
    cause: line?.cause ?? null,
    note: line?.note ?? null,
    decidedBy: names.of(line?.decided_by ?? null),
    isWritten: line !== null,
  };
}

function sightViews(sights: readonly CountObservation[], names: PersonNames): CountSight[] {
  const reversed = new Set(sights.map(({ reverses }) => reverses));
  return sights
    .toSorted((a, b) => b.seen_at - a.seen_at)
    .slice(0, SIGHTS_MAX)
    .map(({ id, round, quantity, seen_at: seenAt, person_id: personId, note, reverses }) => ({
      id,
      round,
      quantity,
      seenAt,
      person: names.of(personId),
      note,
      isVoid: reverses !== null || reversed.has(id),
    }));
}

export function expiryOf(sights: readonly CountObservation[]): number | null {
  const days = sights.flatMap(({ expires_on: day }) => (day === null ? [] : [day]));
  return days.length === 0 ? null : days.reduce((a, b) => Math.min(a, b));
}
