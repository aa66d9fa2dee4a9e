import {
  type ScanOutcome,
  TALLY_ENTRIES_SHOWN,
  type TallyEntry,
  type TallyLine,
  type TallyView,
} from '../../shared/desktop/tally-views.ts';

/** A tally with what a scan came to, as reading it again would show it. */
export function withOutcome(view: TallyView, outcome: ScanOutcome, at: number): TallyView {
  // A repeat of a scan whose answer was lost.
  if (view.entries.some(({ entryId }) => entryId === outcome.entryId)) return view;
  const { entryId, code, kind, problem, line } = outcome;
  const before = line ? view.items.find(({ key }) => key === line.key) : undefined;
  const entry: TallyEntry = {
    entryId,
    code,
    kind,
    problem,
    productId: line?.productId ?? null,
    productName: outcome.productName,
    quantity: line ? line.scanned - (before?.scanned ?? 0) : 0,
    locationCode: outcome.locationCode ?? line?.locationCode ?? view.locationCode,
    at,
    voidReason: null,
  };
  return {
    ...(line ? withLine(view, line) : view),
    entries: [entry, ...view.entries].slice(0, TALLY_ENTRIES_SHOWN),
    scans: outcome.scans,
    unknown: view.unknown + Number(kind === 'unknown'),
    suspects: view.suspects + Number(kind === 'suspect'),
  };
}

export function withLine(view: TallyView, line: TallyLine): TallyView {
  const at = view.items.findIndex(({ key }) => key === line.key);
  const before = view.items[at];
  const items = before ? view.items.with(at, line) : [...view.items, line];
  return {
    ...view,
    items,
    lines: items.length,
    pieces: view.pieces + line.quantity - (before?.quantity ?? 0),
  };
}
